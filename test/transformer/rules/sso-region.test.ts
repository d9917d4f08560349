import { describe, expect, test } from '@jest/globals';
import { convert } from '../../../lib/convert.ts';
import { runtime } from '../../support/fixture.ts';

// A region is in exactly one partition, and each partition has an IAM of its own, so that the path of a role of Identity Center has a
// region of its partition. Sources: docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html;
// docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html.

const name = 'AWSReservedSSO_Ops_0a1b2c3d4e5f6071';

const sourceOf = (principal: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true

  aws_auth_roles = [{ rolearn = ${principal}, username = "ops", groups = ["ops"] }]
}
`;

const rowOf = async (principal: string, ssoRegion: string, config = {}): Promise<string> => {
  const { rows } = await convert(new Map([['main.tf', sourceOf(principal)]]), {
    runtime: await runtime(),
    ssoRegion,
    config,
  });
  return rows.map(({ disposition, codes }) => [disposition, ...codes].join(' ')).join();
};

describe('the home region of Identity Center', () => {
  test.each([
    ['aws', 'eu-west-1'],
    ['aws', 'us-east-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-cn', 'cn-north-1'],
    ['aws-eusc', 'eusc-de-east-1'],
  ])('of the partition %s is %s', async (partition, region) => {
    expect(await rowOf(`"arn:${partition}:iam::111122223333:role/${name}"`, region)).toBe('converted');
  });

  test.each([
    ['aws-us-gov', 'eu-west-1'],
    ['aws-us-gov', 'us-east-1'],
    ['aws', 'us-gov-west-1'],
    ['aws-cn', 'ap-east-1'],
    ['aws', 'us-east-99'],
    ['aws-us-gov', 'us-gov-north-1'],
  ])('of the partition %s is not %s', async (partition, region) => {
    expect(await rowOf(`"arn:${partition}:iam::111122223333:role/${name}"`, region)).toBe('blocked TAE334');
  });

  test('is in the partition of a literal beside an expression', async () => {
    expect(await rowOf(`"arn:aws-us-gov:iam::\${var.account}:role/${name}"`, 'eu-west-1')).toBe('blocked TAE334');
  });

  test.each([
    `format("arn:aws-us-gov:iam::%s:role/${name}", var.account)`,
    'format("arn:aws-us-gov:iam::%s:role/AWSReservedSSO_Ops_%s", var.account, var.suffix)',
  ])('is in the partition that a function has: %s', async principal => {
    expect(await rowOf(principal, 'eu-west-1')).toBe('blocked TAE334');
    expect(await rowOf(principal, 'us-gov-west-1')).toBe('converted');
  });

  test('is taken where only a plan knows the partition, unless there is no such region', async () => {
    const principal = `"arn:\${var.partition}:iam::111122223333:role/${name}"`;
    expect(await rowOf(principal, 'us-gov-west-1')).toBe('converted');
    expect(await rowOf(principal, 'us-east-99')).toBe('blocked TAE334');
  });

  test('does not matter where the config has the ARN', async () => {
    const [short, long] = [
      `arn:aws:iam::111122223333:role/${name}`,
      `arn:aws:iam::111122223333:role/aws-reserved/${name}`,
    ];
    expect(await rowOf(`"${short}"`, 'us-east-99', { principals: { [short]: { arn: long } } })).toBe('converted');
  });
});

// Where the account is no part of a template, the plan compares the account of the role that it finds with that of the row.
test.each([`format("arn:aws:iam::%s:role/${name}", data.aws_caller_identity.x.account_id)`, 'local.ops'])(
  'the account of a role that is looked up is cut from its ARN: %s',
  async principal => {
    const text = `${sourceOf(principal)}
locals {
  ops = "arn:aws:iam::\${data.aws_caller_identity.x.account_id}:role/${name}"
}
`;
    const { revisions } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
    const entries = revisions.find(({ phase }) => phase === 'add-access-entries');
    expect([...(entries?.files.values() ?? [])].join('\n')).toContain(`== split(":", ${principal})[4]`);
  },
);

// Another account may be of another organization, whose Identity Center has a home region of its own.
test.each([
  [
    'most rows name another account by an expression',
    ['${data.aws_caller_identity.me.account_id}', '${data.aws_caller_identity.me.account_id}'],
    'blocked TAE313',
  ],
  ['as many rows name another account by an expression', ['${var.account}'], 'blocked TAE313'],
  ['most rows name its account', ['${var.account}', '111122223333'], 'converted'],
])('a role of an account that is written out, where %s', async (_what, accounts, expected) => {
  const others = accounts.map(
    (account, index) =>
      `{ rolearn = "arn:aws:iam::${account}:role/r${index}", username = "r${index}", groups = ["r"] }`,
  );
  const text = sourceOf(`"arn:aws:iam::111122223333:role/${name}"`).replace(
    'aws_auth_roles = [',
    `$&${others.join(', ')}, `,
  );
  const { rows } = await convert(new Map([['main.tf', text]]), { runtime: await runtime(), ssoRegion: 'eu-west-1' });
  expect(
    rows
      .filter(({ principal }) => principal?.includes(name))
      .map(({ disposition, codes }) => [disposition, ...codes].join(' ')),
  ).toEqual([expected]);
});
