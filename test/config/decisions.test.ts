import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../lib/config/index.ts';
import { Refusal } from '../../lib/diagnostics/index.ts';

const file = 'tf-access-entries.config.json';
const ops = 'arn:aws:iam::111122223333:role/ops';
const sso = 'AWSReservedSSO_Admin_0a1b2c3d4e5f6071';

/** What is refused: the code, and the text that the range marks. */
const marked = (config: unknown): readonly string[] => {
  const text = JSON.stringify(config);
  try {
    parseConfig(file, text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.diagnostics.map(({ code, range }) => `${code} ${text.slice(range?.start, range?.end)}`);
  }
  return [];
};

const messages = (config: unknown): string => {
  try {
    parseConfig(file, JSON.stringify(config));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.diagnostics.map(({ message }) => message).join('\n');
  }
  return '';
};

describe('an ARN that cannot be the principal of the row', () => {
  test.each([
    ['another role', ops, 'arn:aws:iam::111122223333:role/other'],
    ['another account', ops, 'arn:aws:iam::999922223333:role/ops'],
    ['another partition', ops, 'arn:aws-cn:iam::111122223333:role/ops'],
    ['a user for a role', ops, 'arn:aws:iam::111122223333:user/ops'],
    // The ARN of a user has its path in aws-auth, too.
    ['another path of a user', 'arn:aws:iam::111122223333:user/ops', 'arn:aws:iam::111122223333:user/team/ops'],
    [
      'a service-linked role',
      'aws_iam_role.x.arn',
      'arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX',
    ],
    ['an Identity Center role without its path', 'local.admin', `arn:aws:iam::111122223333:role/${sso}`],
    [
      // us-east-1 has no region segment. Source: IAM Identity Center user guide, referencingpermissionsets.
      'an Identity Center role with the region that has no segment',
      `arn:aws:iam::111122223333:role/${sso}`,
      `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/us-east-1/${sso}`,
    ],
  ])('%s', (_, principal, arn) => {
    expect(marked({ principals: { [principal]: { arn } } })).toEqual([`TAE102 ${JSON.stringify(arn)}`]);
  });

  test.each([
    ['a path', ops, 'arn:aws:iam::111122223333:role/team/ops'],
    ['another case of the name', 'arn:aws:iam::111122223333:role/OPS', 'arn:aws:iam::111122223333:role/team/ops'],
    ['an expression', 'local.admin', 'arn:aws:iam::111122223333:role/team/admin'],
    [
      'an Identity Center role',
      `arn:aws:iam::111122223333:role/${sso}`,
      `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/${sso}`,
    ],
    [
      'an Identity Center role of us-east-1',
      `arn:aws:iam::111122223333:role/${sso}`,
      `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/${sso}`,
    ],
  ])('not so: %s', (_, principal, arn) => {
    expect(marked({ principals: { [principal]: { arn } } })).toEqual([]);
  });
});

test('one key for two principals', () => {
  expect(marked({ principals: { 'local.a': { key: 'admin' }, 'local.b': { key: 'admin' } } })).toEqual([
    'TAE102 "admin"',
  ]);
});

test('one ARN for two principals', () => {
  const config = {
    principals: { 'local.a': { arn: ops }, 'local.b': { arn: 'arn:aws:iam::111122223333:role/x/OPS' } },
  };
  expect(marked(config)).toEqual(['TAE102 "arn:aws:iam::111122223333:role/x/OPS"']);
});

describe('a group that no entry can have', () => {
  test.each(['system:masters', 'system:viewers', 'eks:x', 'aws:x', 'amazon:x', 'iam:x', 'team-{{SessionName}}'])(
    '%s',
    group => {
      expect(marked({ groups: { 'system:x': { group } } })).toEqual([`TAE102 ${JSON.stringify(group)}`]);
    },
  );

  test('system:masters is told what stands for it', () => {
    expect(messages({ groups: { 'system:x': { group: 'system:masters' } } })).toContain('AmazonEKSClusterAdminPolicy');
  });

  test('system:masters itself is decided by principal', () => {
    const config = { groups: { 'system:masters': { policy: 'AmazonEKSAdminPolicy' } } };
    expect(marked(config)).toHaveLength(1);
    expect(messages(config)).toMatch(/groups.*system:masters.*principals/);
  });

  // `sts:` is not reserved, and `system` without a colon is none of the prefixes.
  test.each(['sts:x', 'system', 'systems:x', 'dev'])('not so: %s', group => {
    expect(marked({ groups: { 'system:x': { group } } })).toEqual([]);
  });
});

describe('an access policy', () => {
  test('a mistyped name is told the nearest', () => {
    const config = { groups: { 'system:x': { policy: 'AmazonEKSClusterAdminsPolicy' } } };
    expect(marked(config)).toEqual(['TAE102 "AmazonEKSClusterAdminsPolicy"']);
    expect(messages(config)).toContain('AmazonEKSClusterAdminPolicy');
  });

  test('one with a letter in the wrong case', () => {
    expect(messages({ principals: { 'local.a': { policies: ['AmazonEksViewPolicy'] } } })).toContain(
      'AmazonEKSViewPolicy',
    );
  });

  test.each(['amazoneksclusteradminpolicy', 'AmazonEKSClusterAdmin', 'AmazonEKSClusterAdminPolcy'])(
    '%s is told the nearest, once',
    policy => {
      const config = { groups: { 'system:x': { policy } } };
      expect(marked(config)).toEqual([`TAE102 ${JSON.stringify(policy)}`]);
      expect(messages(config)).toContain('the nearest is AmazonEKSClusterAdminPolicy');
    },
  );

  // Source: EKS user guide, access-policy-permissions: designated for service-linked roles only.
  test.each(['AmazonEKSComputePolicy', 'AmazonEKSBlockStorageClusterPolicy', 'AmazonEKSHybridPolicy'])(
    '%s is for service-linked roles only',
    policy => {
      expect(marked({ principals: { 'local.a': { policies: [policy] } } })).toEqual([
        `TAE102 ${JSON.stringify(policy)}`,
      ]);
    },
  );

  // The list of AWS grows.
  test('a name that is like none we know is taken', () => {
    expect(marked({ principals: { 'local.a': { policies: ['AmazonQuantumLedgerAuditPolicy'] } } })).toEqual([]);
  });
});
