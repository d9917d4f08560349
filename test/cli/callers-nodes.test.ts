import { expect, test } from '@jest/globals';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

// The karpenter submodule makes the entry of its node role in the cluster that its cluster_name names, and in no other one.
// Source: terraform-aws-modules/eks 20.24.3, modules/karpenter/main.tf (aws_eks_access_entry.node)

const platform = `variable "name" {}

variable "roles" {}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = var.name
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  manage_aws_auth_configmap = true

  aws_auth_roles = var.roles
}

output "cluster_name" {
  value = module.eks.cluster_name
}
`;

const callOf = (label: string): string => `module "${label}" {
  source = "./modules/platform"
  name   = "\${var.env}-${label}"
  roles = [
    {
      rolearn  = module.karpenter.node_iam_role_arn
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes"]
    },
  ]
}
`;

test.each([
  ['names the cluster of another call', 'module.b.cluster_name', '', ['converted', 'left to EKS']],
  ['refers to another call', 'var.env', '  tags = { of = module.b.cluster_name }', ['converted', 'left to EKS']],
  ['names the cluster of the first call', 'module.a.cluster_name', '', ['left to EKS', 'converted']],
])('of two calls of a module: nodes whose submodule %s', async (_, name, more, expected) => {
  const karpenter = `module "karpenter" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "20.24.3"

  cluster_name = ${name}
${more}
}

variable "env" {}
`;
  const files = {
    '.git/HEAD': 'ref: refs/heads/main\n',
    'modules/platform/main.tf': platform,
    'main.tf': callOf('a') + callOf('b') + karpenter,
  };
  const { stdout } = await runHere(directoryWith(files), ['convert', 'modules/platform', '--diff']);
  const { stdout: said, stderr } = await runHere(directoryWith(files), ['status', 'modules/platform']);
  const rows = [...`${said}${stderr}`.matchAll(/^ +module\.karpenter\.node_iam_role_arn +(converted|left to EKS)/gm)];
  expect(rows.map(([, end]) => end)).toEqual(expected);
  expect([...stdout.matchAll(/principal_arn = module\.karpenter/g)]).toHaveLength(1);
});
