import { expect, test } from '@jest/globals';
import type { Config } from '../../lib/config/index.ts';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const source = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  aws_auth_roles = [
    {
      rolearn  = data.aws_iam_role.ops.arn
      username = "ops"
      groups   = ["system:masters"]
    },
    {
      rolearn  = "arn:aws:iam::111122223333:role/dev"
      username = "dev"
      groups   = ["dev"]
    },
  ]
}
`;

const principals = { 'data.aws_iam_role.ops.arn': { arn: 'arn:aws:iam::111122223333:role/team/dev' } };

const converted = async (config: Config) =>
  convert(new Map([['main.tf', source]]), { config, runtime: await runtime() });

// Two entries of one principal end in a 409, which leaves every converted admin without a policy.
// Source: EKS user guide, creating-access-entries.
test('the ARN that the config gives for one row is the principal of another', async () => {
  const { diagnostics, revisions } = await converted({ principals });
  expect(revisions).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['TAE102']);
  const range = diagnostics[0]?.range;
  expect(source.slice(range?.start, range?.end)).toBe('"arn:aws:iam::111122223333:role/dev"');
});

test('and that other row is dropped', async () => {
  const drop = [{ principal: 'arn:aws:iam::111122223333:role/dev', reason: 'overridden today' }];
  const { rows, diagnostics } = await converted({ principals, drop });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(rows.map(({ disposition }) => disposition)).toEqual(['converted', 'dropped']);
});

// What those policies allow is the work of the service whose role has them.
// Source: EKS user guide, access-policy-permissions (policies that AWS services associate with their roles).
test('a policy for roles of AWS services in the place of a group that an IAM user has', async () => {
  const groups = { dev: { policy: 'AmazonEMRJobPolicy' } };
  expect((await converted({ groups })).diagnostics.filter(({ code }) => code === 'TAE102')).toEqual([]);
  const users = source.replace('aws_auth_roles', 'aws_auth_users').replaceAll('rolearn ', 'userarn ');
  const ofUser = users.replace(':role/dev', ':user/dev');
  const { diagnostics, revisions } = await convert(new Map([['main.tf', ofUser]]), {
    config: { groups },
    runtime: await runtime(),
  });
  expect([revisions, diagnostics.map(({ code }) => code)]).toEqual([[], ['TAE102']]);
  expect(diagnostics[0]?.message).toContain('arn:aws:iam::111122223333:user/dev');
});
