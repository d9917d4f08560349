import { expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

const role = 'resource "aws_iam_role" "nodes" {\n  name               = "nodes"\n  assume_role_policy = "{}"\n}\n';

const groups = (text: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "shop"
  authentication_mode = "API"

  self_managed_node_groups = ${text}
}
${role}`;

const given = 'create_iam_instance_profile = false\n    iam_role_arn = aws_iam_role.nodes.arn';

// A role has one entry, and each group makes one: terraform-aws-modules/eks issue 2977.
test.each([
  ['two written out', `{\n  a = {\n    ${given}\n  }\n  b = {\n    ${given}\n  }\n}`, 1],
  ['for each of a list', `{ for zone in ["a", "b"] : zone => {\n    ${given}\n  } }`, 1],
  ['for each of a local', `{ for zone, size in local.zones : zone => {\n    ${given}\n  } }`, 2],
  ['for one alone', `{ for zone in ["a"] : zone => {\n    ${given}\n  } }`, 0],
  ['for each of a variable', `{ for zone in var.zones : zone => {\n    ${given}\n  } }`, 0],
  [
    'for each, and one makes the entry',
    `{ for zone in ["a", "b"] : zone => {\n    ${given}\n    create_access_entry = zone == "a"\n  } }`,
    0,
  ],
  ['for each, with a role of its own', '{ for zone in ["a", "b"] : zone => { name = zone } }', 0],
])('self-managed groups with one role: %s', async (_name, text, count) => {
  const files = new Map([['main.tf', `${groups(text)}\nlocals {\n  zones = { a = 1, b = 2, c = 3 }\n}\n`]]);
  const { diagnostics } = await check(files, { runtime: await runtime() });
  expect(diagnostics.filter(({ code }) => code === 'TAE739')).toHaveLength(count);
});

// A Fargate profile needs another role than EC2 nodes: EKS user guide, pod-execution-role.
test('nodes that share the role of a Fargate profile are to get one of their own', async () => {
  const profile = 'fargate_profiles = { f = { create_iam_role = false, iam_role_arn = aws_iam_role.nodes.arn } }';
  const text = groups(`{\n  a = {\n    ${given}\n  }\n}\n\n  ${profile}`);
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  const [finding] = diagnostics.filter(({ code }) => code === 'TAE739');
  expect(finding?.hint).toContain('a role of its own');
  expect(finding?.hint).not.toContain('create_access_entry = false');
});

// The karpenter submodule says which nodes it launches by access_entry_type (its variables.tf).
test.each([
  ['access_entry_type = "EC2_WINDOWS"', 0],
  ['access_entry_type = var.type', 0],
  ['', 1],
])('Karpenter beside a Windows group: %s', async (type, count) => {
  const text = `${groups('{}')}
module "windows" {
  source          = "terraform-aws-modules/eks/aws//modules/eks-managed-node-group"
  version         = "20.24.3"
  cluster_name    = "shop"
  platform        = "windows"
  create_iam_role = false
  iam_role_arn    = aws_iam_role.nodes.arn
}

module "karpenter" {
  source               = "terraform-aws-modules/eks/aws//modules/karpenter"
  version              = "20.24.3"
  cluster_name         = "shop"
  create_access_entry  = false
  create_node_iam_role = false
  node_iam_role_arn    = aws_iam_role.nodes.arn
  ${type}
}
`;
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  expect(diagnostics.filter(({ code }) => code === 'TAE740')).toHaveLength(count);
});

// The README of the karpenter submodule lends it the role of a managed group, with create_access_entry = false.
test.each([
  [
    'of a managed group',
    'module.eks.eks_managed_node_groups["m"].iam_role_arn',
    '',
    'Set create_access_entry = false on module.karpenter: EKS',
  ],
  ['of a managed group, by a local', 'local.role', '', 'Set create_access_entry = false on module.karpenter: EKS'],
  ['of a self-managed group', 'module.eks.self_managed_node_groups["s"].iam_role_arn', '', 'on all but one'],
  ['of a Fargate profile', 'module.eks.fargate_profiles["f"].iam_role_arn', '', 'a role of its own'],
  [
    'of a managed group, without an entry',
    'module.eks.eks_managed_node_groups["m"].iam_role_arn',
    'create_access_entry = false',
    undefined,
  ],
  ['of its own module', 'module.roles.node', '', undefined],
])('Karpenter with the role %s', async (_name, lentRole, flag, hint) => {
  const text = `${groups('{ s = {} }\n  eks_managed_node_groups = { m = {} }\n  fargate_profiles = { f = {} }')}
locals {
  role = module.eks.eks_managed_node_groups["m"].iam_role_arn
}
module "karpenter" {
  source               = "terraform-aws-modules/eks/aws//modules/karpenter"
  version              = "20.24.3"
  cluster_name         = module.eks.cluster_name
  create_node_iam_role = false
  node_iam_role_arn    = ${lentRole}
  ${flag}
}
`;
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  const found = diagnostics.filter(({ code }) => code === 'TAE739');
  expect(found.map(finding => finding.hint)).toEqual(hint === undefined ? [] : [expect.stringContaining(hint)]);
});

// Of an object that is there, kubernetes_config_map_v1_data applies the keys alone that it names: hashicorp/kubernetes provider.
test.each([
  ['kubernetes_config_map_v1_data', 'mapRoles', 1],
  ['kubernetes_config_map_v1_data', 'mapUsers', 0],
  ['kubernetes_config_map', 'mapUsers', 1],
])('rows of nodes, where %s writes %s in mode CONFIG_MAP', async (type, list, count) => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name            = "shop"
  authentication_mode     = "CONFIG_MAP"
  eks_managed_node_groups = { a = {} }
}

resource "${type}" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    ${list} = yamlencode([])
  }
}
`;
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  expect(diagnostics.filter(({ code }) => code === 'TAE742')).toHaveLength(count);
});

// EKS writes their rows into aws-auth in mode CONFIG_MAP, whatever makes the group: EKS user guide, auth-configmap.
test.each([
  ['', 1],
  ['count = 2', 1],
  ['for_each = { a = {} }', 1],
  ['count = 0', 0],
  ['count = var.groups', 0],
  ['for_each = {}', 0],
])('rows of nodes, where groups are resources with "%s" in mode CONFIG_MAP', async (repeated, count) => {
  const text = `resource "aws_eks_cluster" "this" {
  name     = "shop"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  access_config {
    authentication_mode = "CONFIG_MAP"
  }
}

resource "aws_eks_node_group" "a" {
  ${repeated}
  cluster_name  = aws_eks_cluster.this.name
  node_role_arn = "arn:aws:iam::111122223333:role/nodes"
}

variable "groups" {
  type = number
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true
  aws_auth_roles            = [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }]
}
`;
  const { diagnostics } = await check(new Map([['main.tf', text]]), { runtime: await runtime() });
  expect(diagnostics.filter(({ code }) => code === 'TAE742')).toHaveLength(count);
});
