import { describe, expect, test } from '@jest/globals';
import {
  isAccountId,
  isSsoRoleName,
  parseArn,
  parsePrincipalArn,
  roleArn,
  samePrincipal,
  ssoPath,
  ssoPermissionSet,
  type PrincipalArn,
} from '../../lib/eks/arn.ts';

const parse = (text: string): PrincipalArn => {
  const principal = parsePrincipalArn(text);
  if (principal === undefined) throw new Error(`not parsed: ${text}`);
  return principal;
};

test('parseArn keeps colons of the resource', () => {
  expect(parseArn('arn:aws:logs:eu-west-1:111122223333:log-group:a:b')).toEqual({
    partition: 'aws',
    service: 'logs',
    region: 'eu-west-1',
    account: '111122223333',
    resource: 'log-group:a:b',
  });
  for (const text of ['', 'Admin', 'arn:aws:iam', 'arn:aws:iam::111122223333', ' arn:aws:iam::1:role/a']) {
    expect(parseArn(text)).toBeUndefined();
  }
});

describe('parsePrincipalArn', () => {
  test.each([
    ['arn:aws:iam::111122223333:role/Admin', 'role', '/', 'Admin'],
    ['arn:aws:iam::111122223333:role/development/apps/my-role', 'role', '/development/apps/', 'my-role'],
    ['arn:aws:iam::111122223333:user/jane@example.com', 'user', '/', 'jane@example.com'],
    ['arn:aws:iam::111122223333:user/team/jane', 'user', '/team/', 'jane'],
    ['arn:aws:iam::111122223333:root', 'root', '/', 'root'],
    [
      'arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS',
      'service-linked-role',
      '/aws-service-role/eks.amazonaws.com/',
      'AWSServiceRoleForAmazonEKS',
    ],
    ['arn:aws:iam::111122223333:role/AWSServiceRoleForBatch', 'service-linked-role', '/', 'AWSServiceRoleForBatch'],
    ['arn:aws:sts::111122223333:assumed-role/Admin/jane', 'sts', '/', 'assumed-role/Admin/jane'],
    ['arn:aws:sts::111122223333:federated-user/jane', 'federated', '/', 'federated-user/jane'],
    ['arn:aws:iam::111122223333:saml-provider/Okta', 'federated', '/', 'saml-provider/Okta'],
    ['arn:aws:iam::111122223333:oidc-provider/a.example/id/1', 'federated', '/', 'oidc-provider/a.example/id/1'],
    ['arn:aws:iam::111122223333:group/Admins', 'other-iam', '/', 'group/Admins'],
    ['arn:aws:iam::111122223333:instance-profile/a', 'other-iam', '/', 'instance-profile/a'],
  ])('%s', (text, kind, path, name) => {
    expect(parse(text)).toEqual({ kind, partition: 'aws', account: '111122223333', path, name });
  });

  test.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc'])(
    'partition %s',
    partition => {
      expect(parse(`arn:${partition}:iam::111122223333:role/a`).partition).toBe(partition);
    },
  );

  test('an account that lost its zeros is still a principal', () => {
    expect(parse('arn:aws:iam::12345678901:role/a').account).toBe('12345678901');
  });

  test.each([
    '',
    'Admin',
    'arn:aws:s3:::bucket',
    'arn:aws-mars:iam::111122223333:role/a',
    'arn:aws:iam:eu-west-1:111122223333:role/a',
    'arn:aws:iam::111122223333:',
    'arn:aws:iam::111122223333:role',
    'arn:aws:iam::111122223333:role/',
    'arn:aws:iam::111122223333:role/team/',
    'arn:aws:iam::111122223333:role/*',
    'arn:aws:iam::111122223333:role/Admin ',
    'arn:aws:iam::111122223333:role/Admin\n',
    'arn:aws:iam::111122223333:role/${var.name}',
    '${module.eks.arn}',
  ])('%j is no principal', text => {
    expect(parsePrincipalArn(text)).toBeUndefined();
  });
});

test('isAccountId', () => {
  expect(['111122223333', '012345678901'].map(isAccountId)).toEqual([true, true]);
  expect(['12345678901', '1234567890123', '1111-2222-3333', ''].map(isAccountId)).toEqual([false, false, false, false]);
});

describe('Identity Center', () => {
  const name = 'AWSReservedSSO_Platform_Admin_0123456789abcdef';

  test('permission set', () => {
    expect(isSsoRoleName(name)).toBe(true);
    expect(ssoPermissionSet(name)).toBe('Platform_Admin');
    expect(isSsoRoleName('awsreservedsso_admin_0123456789abcdef')).toBe(true);
  });

  test.each([
    'AWSReservedSSO_Admin',
    'AWSReservedSSO_Admin_123',
    'AWSReservedSSO__0123456789abcdef',
    'AWSReservedSSO_Admin_*',
    'Admin',
  ])('%s is no such role', other => {
    expect(isSsoRoleName(other)).toBe(false);
    expect(ssoPermissionSet(other)).toBeUndefined();
  });

  test('us-east-1 has no region in the path', () => {
    expect(ssoPath('us-east-1')).toBe('/aws-reserved/sso.amazonaws.com/');
    expect(ssoPath('eu-central-1')).toBe('/aws-reserved/sso.amazonaws.com/eu-central-1/');
  });

  test('the ARN with the path', () => {
    const stripped = parse(`arn:aws-us-gov:iam::111122223333:role/${name}`);
    const full = roleArn(stripped, ssoPath('us-gov-west-1'));
    expect(full).toBe(`arn:aws-us-gov:iam::111122223333:role/aws-reserved/sso.amazonaws.com/us-gov-west-1/${name}`);
    expect(roleArn(parse(full))).toBe(full);
    expect(samePrincipal(stripped, parse(full))).toBe(true);
  });
});

const same = (a: string, b: string): boolean => samePrincipal(parse(`arn:aws:iam::${a}`), parse(`arn:aws:iam::${b}`));

describe('samePrincipal', () => {
  test.each([
    ['111122223333:role/Admin', '111122223333:role/admin', true],
    ['111122223333:role/team/Admin', '111122223333:role/Admin', true],
    ['111122223333:role/Admin', '444455556666:role/Admin', false],
    ['111122223333:role/Admin', '111122223333:user/Admin', false],
    ['111122223333:user/jane', '111122223333:user/jane', true],
    ['111122223333:user/jane', '111122223333:user/Jane', false],
    ['111122223333:user/team/jane', '111122223333:user/jane', false],
    ['111122223333:role/aws-service-role/a/AWSServiceRoleForA', '111122223333:role/AWSServiceRoleForA', true],
  ])('%s, %s: %s', (a, b, expected) => {
    expect(same(a, b)).toBe(expected);
    expect(same(b, a)).toBe(expected);
  });
});
