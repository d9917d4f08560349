import { expect, test } from '@jest/globals';
import { convert } from '../../../lib/convert.ts';
import { runtime } from '../../support/fixture.ts';

const rows = (username: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "demo"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = concat(
    [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "${username}", groups = ["viewers"] }],
    var.sandbox ? [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["ops"] }] : [],
  )
}

variable "sandbox" {
  type = bool
}
`;

// TAE419 says that the entries of such rows have one key: rows that are blocked have none.
test.each([
  ['in an argument', 'dev', 'module', ['TAE419']],
  ['as resources', 'dev', 'resources', ['TAE323', 'TAE323']],
  ['beside a row that is blocked', 'system:dev', 'module', ['TAE316', 'TAE323']],
] as const)(
  'of rows under different conditions is said what becomes of them: %s',
  async (_, username, emit, expected) => {
    const { report } = await convert(new Map([['main.tf', rows(username)]]), { runtime: await runtime(), emit });
    expect(report.diagnostics.map(({ code }) => code)).toEqual(expected);
  },
);
