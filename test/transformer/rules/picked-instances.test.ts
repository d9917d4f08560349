import { expect, test } from '@jest/globals';
import { convert } from '../../../lib/convert.ts';
import { runtime } from '../../support/fixture.ts';

/** A cluster with a row whose principal is a role that reads an output of it. */
const source = (repetition: string, output: string): string => `module "eks" {
  source   = "terraform-aws-modules/eks/aws"
  version  = "20.24.3"
  ${repetition}

  cluster_name = "demo"
}

resource "aws_iam_role" "ci" {
  ${repetition}
  name               = "ci"
  assume_role_policy = jsonencode({ arn = ${output} })
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"
  ${repetition}

  depends_on = [module.eks]

  manage_aws_auth_configmap = true

  aws_auth_roles = [{ rolearn = aws_iam_role.ci[${repetition.startsWith('count') ? '0' : 'each.key'}].arn, username = "ci", groups = ["ci"] }]
}
`;

const each = 'for_each = toset(["blue", "green"])';
const when = 'count = var.on ? 1 : 0';

// An index that is no constant, and a splat, make a reference to the whole call, and so to its output access_entries: terraform validate
// of 1.6.0 and newer stops with a cycle there, and takes a constant key.
test.each([
  ['an instance picked by an expression', each, 'module.eks[each.key].cluster_version', 'blocked TAE324'],
  ['an instance picked by a text', each, 'module.eks["blue"].cluster_version', 'converted'],
  ['all instances', when, 'one(module.eks[*].cluster_version)', 'converted TAE412'],
  ['the one instance', when, 'module.eks[0].cluster_version', 'converted'],
])('a role that reads an output of %s', async (_what, repetition, output, expected) => {
  const { rows } = await convert(new Map([['main.tf', source(repetition, output)]]), { runtime: await runtime() });
  expect(rows.map(({ disposition, codes }) => [disposition, ...codes].join(' '))).toEqual([expected]);
});
