import { expect, test } from '@jest/globals';
import { convert } from '../../../lib/convert.ts';
import { runtime } from '../../support/fixture.ts';

const users = (groups: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_users = [
    { userarn = "arn:aws:iam::111122223333:user/anna", username = "anna", groups = ["viewers"] },
    { userarn = "arn:aws:iam::111122223333:user/Anna", username = "anna", groups = ["${groups}"] },
  ]
}
`;

/** Which spelling IAM has, the source does not tell, so that the rows are blocked whether their rights differ or not. */
test.each(['viewers', 'developers'])(
  'two spellings of a user are blocked, and nothing is said of rights: %s',
  async groups => {
    const { rows, diagnostics } = await convert(new Map([['main.tf', users(groups)]]), { runtime: await runtime() });
    expect(rows.map(({ disposition }) => disposition)).toEqual(['blocked', 'blocked']);
    const said = diagnostics.filter(({ code }) => code === 'TAE311');
    expect(said).toHaveLength(2);
    for (const { message } of said) expect(message).not.toContain('rights');
  },
);
