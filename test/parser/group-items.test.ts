import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

type Found = { readonly principals: readonly string[]; readonly unknown: boolean };

const foundIn = async (groups: string, call = 'eks'): Promise<Found> => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
${groups}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = [
    for group in module.${call}.eks_managed_node_groups : {
      rolearn  = group.iam_role_arn
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes"]
    }
  ]
}
`;
  const { rows, diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  return {
    principals: rows.map(({ principal }) => principal),
    unknown: diagnostics.some(({ code }) => code === 'TAE420'),
  };
};

const role = (group: string): string => `module.eks.eks_managed_node_groups["${group}"].iam_role_arn`;

test('a group of the argument is a row, in the order in which Terraform goes through them', async () => {
  const groups = '  eks_managed_node_groups = {\n    spot = {}\n    "on demand" = {}\n  }';
  expect(await foundIn(groups)).toEqual({ principals: [role('on demand'), role('spot')], unknown: false });
});

test('no group is no row', async () => {
  expect(await foundIn('  eks_managed_node_groups = {}')).toEqual({ principals: [], unknown: false });
});

// EKS makes the entry of each, however many they are.
test.each([
  ['without the argument', ''],
  ['a variable', '  eks_managed_node_groups = var.groups'],
  ['a key that only a plan knows', '  eks_managed_node_groups = {\n    (var.name) = {}\n  }'],
])('%s tells no groups: one row stands for them all', async (_what, groups) => {
  expect(await foundIn(groups)).toEqual({ principals: ['module.eks.eks_managed_node_groups'], unknown: false });
});

test('another module tells no groups', async () => {
  const groups = '  eks_managed_node_groups = {\n    spot = {}\n  }';
  expect(await foundIn(groups, 'other')).toEqual({ principals: [], unknown: true });
});
