import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const saidOf = async (principal: string): Promise<string> => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = [
    {
      rolearn  = "${principal}"
      username = "x"
      groups   = ["viewers"]
    },
  ]
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const found = diagnostics.find(({ code }) => code === 'TAE304');
  return `${found?.message} ${found?.hint}`;
};

// aws-iam-authenticator, pkg/config/mapper.go: newer releases match `*` and `?` in the ARN of a role.
test.each(['arn:aws:iam::111122223333:role/*', 'arn:aws:iam::111122223333:role/dev-?'])(
  '%s may let somebody in, so nobody is told to drop it',
  async principal => {
    expect(await saidOf(principal)).not.toMatch(/grants nothing|drop/);
  },
);

test('what is no ARN at all grants nothing', async () => {
  expect(await saidOf('platform')).toMatch(/grants nothing today.*drop the row/);
});
