import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

/** What becomes of a node row of `aws_iam_role.nodes` beside these blocks, and in whose hands its entry is. */
const endOf = async (args: string, beside = ''): Promise<string> => {
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
      rolearn  = aws_iam_role.nodes.arn
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes"]
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
