import { expect, test } from '@jest/globals';
import { noAccess, type Access } from './access.ts';
import { compare, type Tolerance } from './compare.ts';

const ops = 'arn:aws:iam::111122223333:role/ops';
const ann = 'arn:aws:iam::111122223333:user/ann';
const row = (parts: Partial<Access>): Access => ({ ...noAccess, via: 'configmap', username: 'x', ...parts });
const entry = (parts: Partial<Access>): Access => ({ ...noAccess, via: 'entry', username: 'x', ...parts });
const policy = (name: string, scope = 'cluster', namespaces: string[] = []) => ({ name, scope, namespaces });
const masters = row({ groups: ['system:masters'], isClusterAdmin: true });
const admin = entry({ policies: [policy('AmazonEKSClusterAdminPolicy')], isClusterAdmin: true });

function changes(before: Access, after: Access, tolerance: Tolerance = {}, principal = ops): string[] {
  return compare(new Map([[principal, before]]), new Map([[principal, after]]), tolerance).map(({ change }) => change);
}

test('system:masters equals the cluster admin policy, both ways', () => {
  expect(changes(masters, admin)).toEqual([]);
  expect(changes(admin, masters)).toEqual([]);
});

test('an entry whose policy has not arrived is a loss', () => {
  expect(changes(masters, entry({}))).toEqual(['lost']);
});

test('the admin policy in a namespace is not the whole cluster', () => {
  const scoped = entry({ policies: [policy('AmazonEKSClusterAdminPolicy', 'namespace', ['a'])] });
  expect(changes(masters, scoped)).toEqual(['lost']);
  expect(changes(scoped, admin)).toEqual(['gained']);
});

test('custom groups must be the same, in any order', () => {
  expect(changes(row({ groups: ['a', 'b'] }), entry({ groups: ['b', 'a'] }))).toEqual([]);
  expect(changes(row({ groups: ['a', 'b'] }), entry({ groups: ['a'] }))).toEqual(['lost']);
  expect(changes(row({ groups: ['a'] }), entry({ groups: ['a', 'b'] }))).toEqual(['gained']);
  expect(changes(row({ groups: ['a'] }), entry({ groups: ['b'] }))).toEqual(['changed']);
});

test('an admin keeps custom groups and may drop reserved ones', () => {
  const both = row({ groups: ['system:masters', 'devs', 'system:nodes'], isClusterAdmin: true });
  expect(changes(both, { ...admin, groups: ['devs'] })).toEqual([]);
  expect(changes(both, admin)).toEqual(['lost']);
});

test('a reserved group of somebody who is no admin counts', () => {
  expect(changes(row({ groups: ['system:nodes'] }), entry({}))).toEqual(['lost']);
});

test('system:authenticated is implied', () => {
  expect(changes(row({ groups: ['system:authenticated'] }), entry({}))).toEqual([]);
});

test('coming in without any group is something', () => {
  expect(changes(row({}), noAccess)).toEqual(['lost']);
  expect(changes(noAccess, entry({}))).toEqual(['gained']);
});

test('a principal that one side does not have has no access there', () => {
  expect(compare(new Map([[ops, masters]]), new Map())).toMatchObject([
    { principal: ops, change: 'lost', after: noAccess },
  ]);
  expect(compare(new Map(), new Map([[ops, admin]]))).toMatchObject([
    { principal: ops, change: 'gained', before: noAccess },
  ]);
});

test('the username must be the same where an entry takes it', () => {
  const renamed = entry({ username: 'y' });
  expect(changes(row({}), renamed)).toEqual(['changed']);
  expect(changes(row({}), renamed, { leftOutUsernames: new Set([ops]) })).toEqual(['changed']);
});

test('a username that no entry takes goes if it is an administrator’s or if that is accepted, and EKS gives another', () => {
  const byDefault = 'arn:aws:sts::111122223333:assumed-role/ops/{{SessionName}}';
  const refused = row({ username: '{{SessionName}}' });
  const accepted = { leftOutUsernames: new Set([ops]) };
  expect(changes({ ...masters, username: 'system:admin' }, { ...admin, username: byDefault })).toEqual([]);
  expect(changes({ ...masters, username: 'system:admin' }, { ...admin, username: 'y' })).toEqual(['changed']);
  expect(changes(refused, entry({ username: byDefault }))).toEqual(['changed']);
  expect(changes(refused, entry({ username: byDefault }), accepted)).toEqual([]);
  expect(changes(refused, entry({ username: byDefault, groups: ['x'] }), accepted)).toEqual(['gained']);
  expect(changes(refused, noAccess, accepted)).toEqual(['lost']);
});

const named = (username: string) => row({ username });

test('templates are compared as templates', () => {
  expect(changes(named('a:{{SessionName}}'), entry({ username: 'a:{{SessionName}}' }))).toEqual([]);
  expect(changes(named('a:{{SessionName}}'), entry({ username: 'a:{{SessionNameRaw}}' }))).toEqual(['changed']);
  expect(changes(named('{{AccountID}}'), entry({ username: '111122223333' }))).toEqual([]);
  expect(changes(named('a{{SessionName}}'), entry({ username: 'a' }), {}, ann)).toEqual([]);
  expect(changes(named('a{{SessionName}}'), entry({ username: 'a' }))).toEqual(['changed']);
});

test('a template in a group of a row is filled, too', () => {
  expect(changes(row({ groups: ['of-{{AccountID}}'] }), entry({ groups: ['of-111122223333'] }))).toEqual([]);
});

const view = (namespaces: string[]) => entry({ policies: [policy('AmazonEKSViewPolicy', 'namespace', namespaces)] });

test('policies count by name, scope and namespaces', () => {
  expect(changes(view(['a']), view(['a']))).toEqual([]);
  expect(changes(view(['a']), view(['b']))).toEqual(['changed']);
  expect(changes(row({}), view(['a']))).toEqual(['gained']);
});

test('a node row equals the entry type with its identity', () => {
  const groups = ['system:bootstrappers', 'system:nodes'];
  const linux = { username: 'system:node:{{EC2PrivateDNSName}}', groups };
  const windows = { ...linux, groups: ['eks:kube-proxy-windows', ...groups] };
  expect(changes(row(linux), entry(linux))).toEqual([]);
  expect(changes(row(windows), entry(windows))).toEqual([]);
  expect(changes(row(windows), entry(linux))).toEqual(['lost']);
});

test('the hidden creator equals its entry, whatever the names', () => {
  const hidden: Access = { ...masters, via: 'creator', username: 'kubernetes-admin' };
  expect(changes(hidden, admin)).toEqual([]);
  expect(changes(hidden, noAccess)).toEqual(['lost']);
});

test('a draw equals only the same draw', () => {
  const draw = row({
    alternatives: [
      { username: 'x', groups: [] },
      { username: 'y', groups: [] },
    ],
  });
  expect(changes(draw, draw)).toEqual([]);
  expect(changes(draw, entry({}))).toEqual(['changed']);
});
