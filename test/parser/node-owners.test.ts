import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const ofEc2 = `      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes"]`;
const ofFargate = `      username = "system:node:{{SessionName}}"
      groups   = ["system:bootstrappers", "system:nodes", "system:node-proxier"]`;

/** What becomes of a node row beside these blocks, and in whose hands its entry is. */
const endOf = async (args: string, beside = '', principal = 'aws_iam_role.nodes.arn', of = ofEc2): Promise<string> => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
${args}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  aws_auth_roles = [
    {
      rolearn  = ${principal}
${of}
    },
  ]
}
${beside}
`;
  const options = { runtime: await runtime(), revisions: false };
  const { rows } = await convert(new Map([['main.tf', text]]), options);
  return `${rows[0]?.disposition}: ${rows[0]?.reason ?? ''}`;
};

const group = (more: string): string =>
  `  self_managed_node_groups = {\n    batch = { iam_role_arn = aws_iam_role.nodes.arn, ${more} }\n  }`;

const karpenter = (more: string, cluster = 'module.eks.cluster_name'): string => `module "karpenter" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "20.37.2"

  cluster_name      = ${cluster}
  node_iam_role_arn = aws_iam_role.nodes.arn
${more}
}`;

const left = 'left-to-eks: the module makes the entry of';

test.each<[string, string, string, string]>([
  ['nobody', '', '', 'converted'],
  ['a group', group('create_iam_instance_profile = false'), '', `${left} the self-managed node group batch`],
  ['a group that makes a role of its own all the same', group(''), '', 'converted'],
  [
    'a group that makes no entry',
    group('create_iam_instance_profile = false, create_access_entry = false'),
    '',
    'converted',
  ],
  [
    'a group whose flag is an expression',
    group('create_iam_instance_profile = false, create_access_entry = var.x'),
    '',
    'blocked',
  ],
  ['Karpenter', '', karpenter('  create_node_iam_role = false'), `${left} Karpenter (module.karpenter)`],
  ['Karpenter that makes a role of its own all the same', '', karpenter(''), 'converted'],
  ['a group that is not made', group('create_iam_instance_profile = false, create = false'), '', 'converted'],
  [
    'a group among others that only a plan knows',
    '  self_managed_node_groups = merge(var.groups, {\n    batch = { iam_role_arn = aws_iam_role.nodes.arn, create_iam_instance_profile = false }\n  })',
    '',
    `${left} a self-managed node group`,
  ],
  [
    'a managed group with a call of its own',
    '',
    `module "nodes" {
  source  = "terraform-aws-modules/eks/aws//modules/eks-managed-node-group"
  version = "20.37.2"

  cluster_name    = "orders"
  create_iam_role = false
  iam_role_arn    = aws_iam_role.nodes.arn
}`,
    'left-to-eks: EKS makes the entry of the managed node group module.nodes',
  ],
  [
    'Karpenter that makes no entry',
    '',
    karpenter('  create_node_iam_role = false\n  create_access_entry  = false'),
    'converted',
  ],
  [
    'Karpenter of another cluster',
    '',
    `${karpenter('  create_node_iam_role = false', 'module.other.cluster_name')}
module "other" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"
}
moved {
  from = module.eks.kubernetes_config_map.aws_auth[0]
  to   = module.aws_auth.kubernetes_config_map.aws_auth[0]
}`,
    'converted',
  ],
])('a role that is given to %s', async (_what, args, beside, expected) => {
  expect(await endOf(args, beside)).toMatch(new RegExp(`^${expected.replace(/[()]/g, String.raw`\$&`)}`));
});

// Its entry is in the other cluster, and this one needs its own.
test('the role that Karpenter of another cluster makes', async () => {
  const beside = `${karpenter('', 'module.other.cluster_name')}
module "other" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"
}
moved {
  from = module.eks.kubernetes_config_map.aws_auth[0]
  to   = module.aws_auth.kubernetes_config_map.aws_auth[0]
}`;
  expect(await endOf('', beside, 'module.karpenter.node_iam_role_arn')).toMatch(/^converted/);
  expect(await endOf('', karpenter(''), 'module.karpenter.node_iam_role_arn')).toMatch(
    'left-to-eks: the module makes the entry of Karpenter (module.karpenter)',
  );
});

test.each([
  'one(module.karpenter[*].node_iam_role_arn)',
  'module.karpenter[*].node_iam_role_arn[0]',
  'element(module.karpenter[*].node_iam_role_arn, 0)',
  'join("", module.karpenter[*].node_iam_role_arn)',
  'one(module.karpenter).node_iam_role_arn',
  'values(module.karpenter)[0].node_iam_role_arn',
  '"arn:aws:iam::111122223333:role/${one(module.karpenter[*].node_iam_role_name)}"',
])('a role of Karpenter that is picked from a call with count or for_each: %s', async principal => {
  const one = karpenter('  count = 1\n').replace('  node_iam_role_arn = aws_iam_role.nodes.arn\n', '');
  expect(await endOf('', one, principal)).toBe(
    'left-to-eks: the module makes the entry of Karpenter (module.karpenter)',
  );
  expect(await endOf('', one, principal.replace(/node_iam_role_(arn|name)/, 'queue_arn'))).toMatch(/^converted/);
});

// `node_iam_role_name`, else Karpenter-<cluster>, with 26 characters behind it unless node_iam_role_use_name_prefix is false:
// modules/karpenter/main.tf and variables.tf of terraform-aws-modules/eks 20.37.2.
test.each([
  ['  node_iam_role_name = "nodes"\n  node_iam_role_use_name_prefix = false', 'nodes', true],
  ['  node_iam_role_name = "nodes"', 'nodes', false],
  ['  node_iam_role_name = "nodes"', 'nodes-20240311093012345600000002', true],
  ['  node_iam_role_use_name_prefix = false', 'Karpenter-orders', true],
  ['  node_iam_role_name = "nodes"\n  node_iam_role_use_name_prefix = var.prefix', 'nodes', false],
  ['  create_node_iam_role = false\n  node_iam_role_use_name_prefix = false', 'Karpenter-orders', false],
])('a role by the name that Karpenter gives it: %s, %s', async (more, name, isOwn) => {
  const call = karpenter(more, '"orders"').replace('  node_iam_role_arn = aws_iam_role.nodes.arn\n', '');
  for (const account of ['111122223333', '${data.aws_caller_identity.this.account_id}']) {
    const end = await endOf('', call, `"arn:aws:iam::${account}:role/${name}"`);
    expect(end.startsWith('left-to-eks')).toBe(isOwn);
  }
});

// The entry is made in the cluster that cluster_name names: modules/karpenter/main.tf of terraform-aws-modules/eks 20.37.2.
test.each([
  ['"other"', '"other"', 'converted'],
  ['"orders"', '"other"', `${left} Karpenter (module.karpenter)`],
  ['var.cluster', 'var.other', 'blocked'],
])('the role that Karpenter makes for a cluster named %s, beside one named %s', async (name, other, expected) => {
  const beside = `${karpenter('', name)}
module "other" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.37.2"
  cluster_name = ${other}
}
moved {
  from = module.eks.kubernetes_config_map.aws_auth[0]
  to   = module.aws_auth.kubernetes_config_map.aws_auth[0]
}`;
  const end = await endOf('', beside, 'module.karpenter.node_iam_role_arn');
  expect(end.startsWith(expected)).toBe(true);
});

/** Whoever declines to make it, EKS makes the entry of the role of a profile; EKS user guide, migrating-access-entries. */
test('a row of Fargate is never converted', async () => {
  const declined = karpenter('  create_node_iam_role = false\n  create_access_entry  = false');
  expect(await endOf('', declined, undefined, ofFargate)).toMatch(/^left-to-eks/);
});

const groups = (more: string): string => `{ batch = { ${more} } }`;
const batch = 'module.eks.self_managed_node_groups["batch"].iam_role_arn';

test.each<[string, string, string, string]>([
  [batch, `  self_managed_node_groups = ${groups('')}`, '{}', `${left} the self-managed node group batch`],
  [batch, `  self_managed_node_groups = ${groups('create_access_entry = false')}`, '{}', 'converted'],
  [batch, '  self_managed_node_groups = local.groups', groups('create_access_entry = false'), 'converted'],
  [
    batch,
    '  self_managed_node_groups = { batch = local.groups.batch }',
    groups('create_access_entry = false'),
    'converted',
  ],
  [
    batch,
    '  self_managed_node_groups = { batch = {} }\n  self_managed_node_group_defaults = local.groups.batch',
    groups('create_access_entry = false'),
    'converted',
  ],
  [
    batch,
    '  self_managed_node_groups = merge(local.groups, { web = { create_access_entry = false } })',
    groups(''),
    'blocked',
  ],
  [
    '"arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/${module.karpenter.node_iam_role_name}"',
    '',
    '{}',
    `${left} Karpenter (module.karpenter)`,
  ],
  ['"arn:aws:iam::111122223333:role/${module.karpenter.iam_role_name}"', '', '{}', 'converted'],
  ['"arn:aws:iam::111122223333:role/Karpenter-orders"', '', '{}', 'converted'],
  [
    '"arn:aws:iam::111122223333:role/nodes-${module.eks.cluster_name}"',
    '  eks_managed_node_groups = { web = {} }',
    '{}',
    'converted',
  ],
  [
    '"arn:aws:iam::111122223333:role/batch-node-group-20240131120000000100000001"',
    '  self_managed_node_groups = { batch = {} }',
    '{}',
    `${left} the self-managed node group batch`,
  ],
  [
    '"arn:aws:iam::111122223333:role/web-eks-node-group-20240131120000000100000001"',
    '  eks_managed_node_groups = { web = {} }\n  eks_managed_node_group_defaults = { name = "x" }',
    '{}',
    'left-to-eks: EKS makes the entry of a managed node group',
  ],
  [
    '"arn:aws:iam::111122223333:role/Web"',
    '  eks_managed_node_groups = local.groups',
    '{ web = { iam_role_name = "web", iam_role_use_name_prefix = false } }',
    'left-to-eks: EKS makes the entry of a managed node group',
  ],
])('a row of %s of %s', async (principal, args, locals, expected) => {
  const beside = `locals {\n  groups = ${locals}\n}\n${karpenter('  create_node_iam_role = true')}`;
  expect(await endOf(args, beside, principal)).toMatch(new RegExp(`^${expected.replace(/[()]/g, String.raw`\$&`)}`));
});
