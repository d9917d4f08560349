import { describe, expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { toSnakeCase } from '../../lib/transformer/keys.ts';
import { runtime } from '../support/fixture.ts';

test.each([
  ['platform-admin', 'platform_admin'],
  ['AdministratorAccess', 'administrator_access'],
  ['AWSReservedSSO_ReadOnly', 'aws_reserved_sso_read_only'],
  ['EKSAdmins', 'eks_admins'],
  ['ops+on.call@x', 'ops_on_call_x'],
  ['__a--b__', 'a_b'],
  ['2fa', 'n2fa'],
])('%s is %s', (name, expected) => {
  expect(toSnakeCase(name)).toBe(expected);
});

type Row = readonly [name: string, username: string, account?: string];

const keysOf = async (rows: readonly Row[]): Promise<readonly (string | undefined)[]> => {
  const items = rows.map(
    ([name, username, account = '111122223333']) =>
      `{ rolearn = "arn:aws:iam::${account}:role/${name}", username = "${username}", groups = ["viewers"] }`,
  );
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  aws_auth_roles = [${items.join(', ')}]
}
`;
  const result = await convert(new Map([['main.tf', text]]), { ssoRegion: 'eu-west-1', runtime: await runtime() });
  return result.rows.map(({ key }) => key);
};

describe('where a key comes from', () => {
  test.each<[string, readonly Row[], readonly string[]]>([
    ['a username that is a word', [['some-role', 'ops']], ['ops']],
    ['the role where the username is a template', [['some-role', 'ops:{{SessionName}}']], ['some_role']],
    ['the role where the username is an address', [['some-role', 'ops@example.com']], ['some_role']],
    [
      'the role where two have the username',
      [
        ['first', 'ops'],
        ['second', 'ops'],
      ],
      ['first', 'second'],
    ],
    ['the permission set of Identity Center', [['AWSReservedSSO_Admin_8f3b1c2d4e5f6a7b', 'a b']], ['admin']],
    [
      'the account where two accounts have the role',
      [
        ['admins', 'a:b'],
        ['admins', 'a:b', '444455556666'],
      ],
      ['admins_111122223333', 'admins_444455556666'],
    ],
    ["never the module's own key", [['cluster_creator', 'cluster_creator']], ['cluster_creator_111122223333']],
  ])('%s', async (_, rows, expected) => {
    expect(await keysOf(rows)).toEqual(expected);
  });
});
