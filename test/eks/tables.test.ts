import { describe, expect, test } from '@jest/globals';
import {
  accessPolicies,
  clusterAdminPolicy,
  policyArn,
  policyKey,
  policyProblem,
} from '../../lib/eks/access-policies.ts';
import { parsePrincipalArn } from '../../lib/eks/arn.ts';
import { defaultUsername, entryTypes, isAccessEntryType, maxAccessEntries } from '../../lib/eks/entry-types.ts';

const names = accessPolicies.map(({ name }) => name);

describe('access policies', () => {
  test.each([
    ['AmazonEKSClusterAdminPolicy', 'cluster_admin'],
    ['AmazonEKSAdminPolicy', 'admin'],
    ['AmazonEKSEditPolicy', 'edit'],
    ['AmazonEKSViewPolicy', 'view'],
    ['AmazonEKSAdminViewPolicy', 'admin_view'],
    ['AmazonEKSSecretReaderPolicy', 'secret_reader'],
    ['AmazonEKSAutoNodePolicy', 'auto_node'],
    ['AmazonEMRJobPolicy', 'emr_job'],
  ])('%s: %s', (name, key) => {
    expect(names).toContain(name);
    expect(policyKey(name)).toBe(key);
  });

  test('a policy newer than the table', () => {
    expect(policyKey('AmazonEKSQueueReaderPolicy')).toBe('queue_reader');
    expect(policyKey('AmazonFoo2XYZBarPolicy')).toBe('foo2_xyz_bar');
  });

  test('names and keys are unique, keys are snake_case', () => {
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(names.map(policyKey)).size).toBe(names.length);
    for (const key of names.map(policyKey)) expect(key).toMatch(/^[a-z]+(_[a-z]+)*$/);
  });

  test.each([
    ['AmazonEKSVeiwPolicy', 'AmazonEKSViewPolicy'],
    ['AmazonEKSClusterAdminsPolicy', 'AmazonEKSClusterAdminPolicy'],
    ['AmazonEksViewPolicy', 'AmazonEKSViewPolicy'],
    ['AmazonEKSAdminViewPolcy', 'AmazonEKSAdminViewPolicy'],
    ['EKSEditPolicy', 'AmazonEKSEditPolicy'],
    ['view', 'AmazonEKSViewPolicy'],
    ['AWSBackupFullAccessPolicyForBackups', 'AWSBackupFullAccessPolicyForBackup'],
  ])('%s is misspelt', (name, nearest) => {
    expect(policyProblem(name)).toContain(nearest);
  });

  test.each([
    'AmazonEKSDNSPolicy',
    'AmazonEKSKMSPolicy',
    'AmazonEKSBackupPolicy',
    'AmazonEKSFutureThingPolicy',
    'MyPolicy',
    ...accessPolicies.flatMap(({ name, audience }) => (audience === 'service-linked-roles' ? [] : [name])),
  ])('%s is known, or may be newer', name => {
    expect(policyProblem(name)).toBeUndefined();
  });

  test('policyArn has neither region nor account', () => {
    expect(policyArn('aws-cn', clusterAdminPolicy)).toBe(
      'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
    );
    expect(policyArn('${local.partition}', 'AmazonEKSViewPolicy')).toBe(
      'arn:${local.partition}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
    );
  });
});

const having = (what: 'username' | 'groups' | 'policies'): string[] =>
  Object.entries(entryTypes).flatMap(([name, rules]) => (rules[what] ? [name] : []));

describe('entry types', () => {
  test('only STANDARD takes a username and groups; EC2 takes policies', () => {
    expect(having('username')).toEqual(['STANDARD']);
    expect(having('groups')).toEqual(['STANDARD']);
    expect(having('policies')).toEqual(['STANDARD', 'EC2']);
  });

  test('names are case-sensitive', () => {
    expect(isAccessEntryType('EC2_LINUX')).toBe(true);
    expect(['Standard', 'ec2_linux', 'toString', ''].some(isAccessEntryType)).toBe(false);
  });

  test.each([
    ['arn:aws:iam::111122223333:role/team/Admin', 'arn:aws:sts::111122223333:assumed-role/Admin/{{SessionName}}'],
    ['arn:aws:iam::111122223333:user/team/jane', 'arn:aws:iam::111122223333:user/team/jane'],
    ['arn:aws:iam::111122223333:root', undefined],
  ])('default username of %s', (arn, username) => {
    const principal = parsePrincipalArn(arn);
    expect(principal && defaultUsername(principal)).toBe(username);
  });
});

test('quota', () => {
  expect(maxAccessEntries).toBe(3000);
});
