import { expect, test } from '@jest/globals';
import { convert } from '../../../lib/convert.ts';
import { runtime } from '../../support/fixture.ts';

const outcomes = async (mode: string): Promise<unknown> => {
  const text = `locals {
  mode = "API"
}

variable "mode" {
  type    = string
  default = "API"
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "demo"
  authentication_mode = ${mode}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/platform"
      username = "platform"
      groups   = ["platform"]
    },
  ]
}
`;
  const { report } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  return report.rows.map(({ disposition, codes }) => [disposition, codes]);
};

// A row that grants nothing in the mode that the source tells must not become access. The default of a variable is one caller's.
test.each([
  ['"API"', [['dropped', ['TAE411']]]],
  ['local.mode', [['dropped', ['TAE411']]]],
  ['var.mode', [['converted', []]]],
])('a row beside the mode %s', async (mode, expected) => {
  expect(await outcomes(mode)).toEqual(expected);
});
