import { expect, test } from '@jest/globals';
import { readAwsAuth } from './aws-auth.ts';

const arn = 'arn:aws:iam::111122223333:role/ops';
const roles = (mapRoles: string) => [...readAwsAuth({ data: { mapRoles } }).roles.values()];
const users = (mapUsers: string) => [...readAwsAuth({ data: { mapUsers } }).users.values()];
const accounts = (mapAccounts: string) => [...readAwsAuth({ data: { mapAccounts } }).accounts];

test('a row', () => {
  expect(roles(`- rolearn: ${arn}\n  username: ops\n  groups:\n    - viewers\n    - editors\n`)).toEqual([
    { arn, username: 'ops', groups: ['viewers', 'editors'] },
  ]);
});

test('inner keys have no case, unknown ones are ignored', () => {
  expect(roles(`- RoLeArN: ${arn}\n  userName: ops\n  GROUPS: [viewers]\n  note: x\n`)).toEqual([
    { arn, username: 'ops', groups: ['viewers'] },
  ]);
});

test('of one key in two spellings the small letters come last', () => {
  expect(roles(`- rolearn: ${arn}\n  roleARN: arn:aws:iam::111122223333:role/other\n`)[0]?.arn).toBe(arn);
});

test('the keys of data have case', () => {
  const auth = readAwsAuth({ data: { maproles: `- rolearn: ${arn}`, MapUsers: `- userarn: ${arn}` } });
  expect([auth.roles.size, auth.users.size]).toEqual([0, 0]);
});

test('groups that are a string are no groups, and the row stays', () => {
  expect(roles(`- rolearn: ${arn}\n  username: ops\n  groups: system:masters\n`)).toEqual([
    { arn, username: 'ops', groups: [] },
  ]);
});

test('a list item out of place makes one group of two', () => {
  const text = `- rolearn: ${arn}\n  groups:\n  - system:bootstrappers\n   - system:nodes\n`;
  expect(roles(text)[0]?.groups).toEqual(['system:bootstrappers - system:nodes']);
});

test.each([
  ['a tab', `- rolearn: ${arn}\n\tusername: ops\n`],
  ['an open quote', `- rolearn: ${arn}\n- rolearn: "x\n`],
  ['a template without quotes', `- rolearn: ${arn}\n- rolearn: x\n  username: {{SessionName}}\n`],
  ['no list', `rolearn: ${arn}\n`],
])('%s makes the whole list empty', (_, text) => {
  expect(roles(text)).toEqual([]);
});

test('one bad list leaves the others', () => {
  const auth = readAwsAuth({ data: { mapRoles: '- {', mapUsers: '- userarn: arn:aws:iam::111122223333:user/a' } });
  expect([auth.roles.size, auth.users.size]).toEqual([0, 1]);
});

test('rows without an ARN are dropped, those beside them stay', () => {
  expect(roles(`- username: ops\n- text\n-\n- rolearn:\n- rolearn: ${arn}\n`)).toEqual([
    { arn, username: '', groups: [] },
  ]);
});

test('sso rows match nobody, with an ARN or without', () => {
  const sso = '  sso:\n    permissionSetName: Admin\n    accountID: "111122223333"\n';
  expect(roles(`- username: x\n${sso}- rolearn: ${arn}\n${sso}`)).toEqual([]);
});

test('an empty list may be written as two quotes or two backticks', () => {
  expect([...roles('""'), ...roles(' `` \n'), ...roles('')]).toEqual([]);
});

test('no ConfigMap, no rows', () => {
  expect(readAwsAuth(undefined)).toEqual({ roles: new Map(), users: new Map(), accounts: new Set() });
});

test('a number or a boolean is no username, a quoted one is', () => {
  const names = ['007', '"007"', 'yes', '!!str 12', '1e3', 'x1'].map(
    name => `- rolearn: ${arn}${name.length}\n  username: ${name}\n`,
  );
  expect(names.map(text => roles(text)[0]?.username)).toEqual(['', '007', '', '12', '', 'x1']);
});

test('roles are kept by ARN without case and the last wins; users by ARN as written', () => {
  const upper = arn.replace('ops', 'OPS');
  expect(roles(`- rolearn: ${arn}\n  username: a\n- rolearn: ${upper}\n  username: b\n`)).toMatchObject([
    { username: 'b' },
  ]);
  const both = `- userarn: ${arn}\n  username: a\n- userarn: ${upper}\n  username: b\n- userarn: ${arn}\n  username: c\n`;
  expect(users(both).map(user => user.username)).toEqual(['c', 'b']);
});

test('duplicate keys, anchors, merges and further documents', () => {
  const text = `- &a\n  rolearn: ${arn}\n  groups: [one]\n  groups: [two]\n- <<: *a\n  rolearn: ${arn}-b\n---\n- {\n`;
  expect(roles(text)).toEqual([
    { arn, username: '', groups: ['two'] },
    { arn: `${arn}-b`, username: '', groups: ['two'] },
  ]);
});

test('account numbers keep their zeros, quoted or not', () => {
  expect(accounts('- "012345678901"\n- 012345678902\n')).toEqual(['012345678901', '012345678902']);
});

test('the long s is an s in a key', () => {
  expect(roles(`- rolearn: ${arn}\n  u\u017fername: ops\n  group\u017f: [viewers]\n`)).toEqual([
    { arn, username: 'ops', groups: ['viewers'] },
  ]);
});

test.each([
  ['a key that is null', `- rolearn: ${arn}\n  ~: x\n`],
  ['infinity', `- rolearn: ${arn}\n- x: -.inf\n`],
  ['no number', `- rolearn: ${arn}\n- [.nan]\n`],
  ['a tag that is not true', `- rolearn: ${arn}\n  username: !!int five\n`],
  ['a tab in place of a token', `- rolearn: "${arn}"\n\t\n`],
  ['a tab before the column of a text', `- rolearn: ${arn}\n  \t\n`],
  ['a tab behind the sign of an item', `- rolearn: ${arn}\n- \t\n`],
])('%s empties the list', (_, text) => {
  expect(roles(text)).toEqual([]);
});

test.each([
  ['a tab behind a text', `- rolearn: ${arn}\n    \t\n`],
  ['the sign of a block below its key', `- rolearn: ${arn}\n  groups:\n  |\n   viewers\n`],
  ['a block without a line break at the end', `- groups: viewers\n  rolearn: |\n    ${arn}`],
])('%s does not', (_, text) => {
  expect(roles(text)).toEqual([{ arn, username: '', groups: [] }]);
});

test('a number in quotes is one by its tag', () => {
  expect(roles(`- rolearn: ${arn}\n  username: !!int "5"\n`)[0]?.username).toBe('');
});

test('an element that is no text is what another spelling of the key had there', () => {
  expect(roles(`- rolearn: ${arn}\n  Groups: [a, b]\n  groups: [~, 5, ~]\n`)[0]?.groups).toEqual(['a', 'b', '']);
});

test('accounts do not become JSON', () => {
  expect(accounts('- .inf\n- {~: x}\n- "111122223333"\n')).toEqual(['.inf', '111122223333']);
});
