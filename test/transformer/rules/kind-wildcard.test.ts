import { expect, test } from '@jest/globals';
import { convert } from '../../../lib/convert.ts';
import { runtime } from '../../support/fixture.ts';

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

// aws-iam-authenticator, pkg/config/mapper.go: every release compares ARNs by equality, without case.
test.each(['arn:aws:iam::111122223333:role/*', 'arn:aws:iam::111122223333:role/dev-?'])(
  '%s matches nobody, and says why',
  async principal => {
    expect(await saidOf(principal)).toMatch(
      /knows no wildcards, so this row grants nothing today.*one row for each principal/,
    );
  },
);

test('what is no ARN at all grants nothing', async () => {
  expect(await saidOf('platform')).toMatch(/grants nothing today.*drop the row/);
});

test('an empty principal is said to be one', async () => {
  expect(await saidOf('')).toMatch(/^An empty text is not/);
});
