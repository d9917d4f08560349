import { describe, expect, test } from '@jest/globals';
import { readAwsAuth, type AwsAuth } from '../../../lib/parser/aws-auth/live/aws-auth.ts';
import { YamlTooLarge } from '../../../lib/terraform/yaml.ts';

const read = (data: Readonly<Record<string, string>>): Promise<AwsAuth> => readAwsAuth(new Map(Object.entries(data)));
const roles = async (mapRoles: string): Promise<AwsAuth> => read({ mapRoles });
const arn = 'arn:aws:iam::111122223333:role/ops';
const ops = { list: 'mapRoles', index: 0, arn, username: 'ops', groups: ['a'] };

test('a row has its ARN, its username and its groups', async () => {
  expect(await roles(`- rolearn: ${arn}\n  username: ops\n  groups:\n    - a\n`)).toEqual({
    rows: [ops],
    accounts: [],
    unread: [],
    skipped: [],
  });
});

test.each(['', '  \n', '``', '""', '[]', '# nothing\n', 'null'])('%j is an empty list', async text => {
  expect(await roles(text)).toEqual({ rows: [], accounts: [], unread: [], skipped: [] });
});

describe('what is in one row', () => {
  test.each([
    ['keys of any case', `- rOlEaRn: ${arn}\n  USERNAME: ops\n  Groups: [a]`],
    ['of two spellings the small letters', `- rolearn: ${arn}\n  roleARN: x\n  username: ops\n  groups: [a]`],
    ['a byte order mark', `\ufeff- rolearn: ${arn}\n  username: ops\n  groups: [a]`],
    ['carriage returns alone', `- rolearn: ${arn}\r  username: ops\r\r\n  groups: [a]`],
    ['the line break of EBCDIC', `- rolearn: ${arn}\u0085  username: ops\u0085  groups: [a]`],
    ['YAML 1.1 by name', `%YAML 1.1\n---\n- rolearn: ${arn}\n  username: ops\n  groups: [a]`],
    ['the second of a key written twice', `- rolearn: x\n  rolearn: ${arn}\n  username: ops\n  groups: [a]`],
    ['the first document', `- rolearn: ${arn}\n  username: ops\n  groups: [a]\n---\n- rolearn: [\n`],
    ['JSON', `[{"rolearn": "${arn}", "username": "ops", "groups": ["a"]}]`],
    ['an anchor and a merge', `- &a {rolearn: ${arn}, username: ops, groups: [a]}\n`],
    ['an alias', `- rolearn: &x ${arn}\n  username: ops\n  groups: &g [a]\n`],
    ['the long s in a key', `- rolearn: ${arn}\n  u\u017fername: ops\n  GROUP\u017f: [a]`],
    ['blocks', `- rolearn: |-\n    ${arn}\n  groups:\n  - >-\n    a\n  username: |\n    ops`],
    ['a block that keeps its breaks at the end', `- rolearn: ${arn}\n  groups: [a]\n  username: |+\n    ops`],
    ['tags that say nothing of a text', `- rolearn: ${arn}\n  !!map username: !!seq ops\n  groups: [!own a]\n`],
    ['a tab in brackets and in quotes', `[\n\t{rolearn: ${arn},\n\tusername: "ops",\n\tgroups: [a]}]`],
    ['unknown keys are left out', `- rolearn: ${arn}\n  username: ops\n  groups: [a]\n  group: b\n  1: 2\n  yes: no\n`],
  ])('%s', async (_name, text) => {
    expect((await roles(text)).rows).toEqual([ops]);
  });

  test('"<<" merges where it stands, and of several mappings the first counts', async () => {
    const base = `- &one {rolearn: ${arn}, username: one}\n- &two {username: two, groups: [a]}\n`;
    const { rows } = await roles(
      `${base}- username: ops\n  <<: [*one, *two]\n- <<: *one\n  username: ops\n  groups: [a]\n`,
    );
    expect(rows.slice(1)).toEqual([
      { ...ops, index: 2, username: 'one' },
      { ...ops, index: 3 },
    ]);
  });

  test('a text that only looks like one is not read as a text', async () => {
    const { rows, skipped } = await roles(
      `- {rolearn: ${arn}, username: 012345678901, groups: [yes, 1_000, 0x1F, 1e3, ~, "12", 1:30, 2001-01-01, b]}`,
    );
    expect(rows).toEqual([{ ...ops, username: '', groups: ['', '', '', '', '', '12', '1:30', '2001-01-01', 'b'] }]);
    expect(skipped).toEqual([
      { list: 'mapRoles', index: 0, reason: 'groups[0] is no text (the boolean yes), so it is no group' },
      { list: 'mapRoles', index: 0, reason: 'username is no text (the number 012345678901), so it is empty' },
    ]);
  });

  test.each([
    [
      'a text for the groups',
      `- {rolearn: ${arn}, username: ops, groups: a}`,
      'groups is no list (a text), so there are no groups',
    ],
    [
      'a mapping for the groups',
      `- {rolearn: ${arn}, username: ops, groups: {a: b}}`,
      'groups is no list (a mapping), so there are no groups',
    ],
  ])('%s', async (_name, text, reason) => {
    expect(await roles(text)).toMatchObject({
      rows: [{ ...ops, groups: [] }],
      skipped: [{ list: 'mapRoles', index: 0, reason }],
    });
  });

  test.each([
    ['another spelling has', 'Groups: [a, b]\n  groups: [~, [x]]', ['a', 'b']],
    ['a shorter list left', 'GROUPS: [a, b]\n  Groups: [c]\n  groups: [~, 5]', ['c', 'b']],
    ['nobody has', 'Groups: ~\n  groups: [~]', ['']],
    ['is there no more', 'GROUPS: [a]\n  Groups: []\n  groups: [~]', ['']],
  ])('a group that is no text is what %s', async (_name, fields, expected) => {
    const { rows } = await roles(`- rolearn: ${arn}\n  ${fields}\n`);
    expect(rows[0]?.groups).toEqual(expected);
  });

  test.each([
    ['!!int "5"', ''],
    ['!!float 5', ''],
    ['!!bool yes', ''],
    ['!!null ~', ''],
    ['!!str 5', '5'],
  ])('%s is the username %j', async (value, username) => {
    const { rows } = await roles(`- rolearn: ${arn}\n  username: ${value}\n`);
    expect(rows[0]?.username).toBe(username);
  });

  test('"<<" that is a text is a key like others', async () => {
    const { rows } = await roles(`- rolearn: ${arn}\n  !!str <<: {username: no}\n  "<<": {username: no}\n`);
    expect(rows[0]?.username).toBe('');
  });

  test('a list item that is indented too far is part of the group before it', async () => {
    const { rows } = await roles(`- rolearn: ${arn}\n  groups:\n    - a\n      - b\n`);
    expect(rows[0]?.groups).toEqual(['a - b']);
  });

  test.each([
    ['no ARN', '- username: ops', 'it has no rolearn, so it grants nothing'],
    ['an ARN that is no text', '- {rolearn: 5, username: ops}', 'it has no rolearn, so it grants nothing'],
    ['sso', '- {sso: {accountID: "1"}, username: ops}', 'it has sso, and it is not known whether EKS reads such a row'],
    [
      'sso beside the ARN',
      `- {rolearn: ${arn}, sso: {}, username: ops}`,
      'it has sso, and it is not known whether EKS reads such a row',
    ],
    ['userarn in mapRoles', `- {userarn: ${arn}, username: ops}`, 'it has no rolearn, so it grants nothing'],
    ['a text', '- ops', 'it is no mapping, so it grants nothing'],
    ['null', '- ~', 'it is no mapping, so it grants nothing'],
  ])('%s grants nothing', async (_name, text, reason) => {
    const { rows, skipped, unread } = await roles(text);
    expect([rows, unread]).toEqual([[], []]);
    expect(skipped.map(one => one.reason)).toContainEqual(expect.stringContaining(reason));
  });
});

describe('a list that is empty as a whole', () => {
  test.each([
    ['a mapping', `ops: {rolearn: ${arn}}`, 'it is a mapping and no list'],
    ['a text', 'ops', 'it is a text and no list'],
    ['a number', '5', 'it is a text and no list'],
    ['a tab', `- rolearn: ${arn}\n\tusername: ops`, 'its YAML cannot be read'],
    ['a bracket', `- rolearn: [${arn}`, 'its YAML cannot be read'],
    ['a quote', `- rolearn: "${arn}`, 'its YAML cannot be read'],
    ['a sign that begins no text', `- rolearn: @${arn}`, 'its YAML cannot be read'],
    ['a directive that nobody knows', `%x\n---\n- rolearn: ${arn}`, 'its YAML cannot be read: Unknown directive'],
    ['a version that Go does not know', `%YAML 3.0\n---\n- rolearn: ${arn}`, 'its YAML cannot be read'],
    ['a later version', `%YAML 1.2\n---\n- rolearn: ${arn}`, 'its YAML cannot be read: its version is 1.2'],
    ['an unquoted template', `- rolearn: ${arn}\n  username: {{SessionName}}`, 'a key is a list or a mapping'],
    ['an anchor that is not there', '- *ops', 'the anchor ops is not there'],
    ['infinity', `- rolearn: ${arn}\n  x: .inf`, 'which JSON does not have'],
    ['a key that is null', `- {rolearn: ${arn}, ~: x}`, 'a key is null'],
    ['a number that is none', `- rolearn: ${arn}\n  username: !!int five`, '"five" is no !!int'],
    ['an integer that is none', `- rolearn: ${arn}\n  username: !!int 08`, '"08" is no !!int'],
    ['"<<" with a text', `- {rolearn: ${arn}, <<: x}`, '"<<" merges something that is no mapping'],
    ['a control character', `- rolearn: ${arn}\n  username: a\u0001b\n`, 'control characters are not allowed'],
    ['DEL', '# \u007f\n[]\n', 'control characters are not allowed'],
    ['C1', '- rolearn: "\u0080"\n', 'control characters are not allowed'],
  ])('%s', async (_name, text, reason) => {
    expect(await roles(text)).toMatchObject({
      rows: [],
      unread: [{ list: 'mapRoles', reason: expect.stringContaining(reason) }],
    });
  });

  test.each([
    ['maproles', 'the key is written in another case'],
    ['mapRole', 'the key is not mapRoles'],
    ['map_users', 'the key is not mapUsers'],
    ['mapAccount', 'the key is not mapAccounts'],
  ])('a key of the data that is %s', async (list, reason) => {
    expect(await read({ [list]: `- rolearn: ${arn}` })).toMatchObject({ rows: [], unread: [{ list, reason }] });
  });

  test.each(['mapGroups', 'notes', '', '_'])('the key %j is for something else', async key => {
    expect(await read({ [key]: `- rolearn: ${arn}` })).toMatchObject({ rows: [], unread: [] });
  });

  test('one bad list leaves the others alone', async () => {
    const { rows, unread } = await read({ mapRoles: '- [', mapUsers: '- userarn: arn:aws:iam::111122223333:user/a' });
    expect([rows.length, unread.length]).toEqual([1, 1]);
  });
});

test('accounts keep their digits, quoted or not, and are in the list once', async () => {
  expect(
    (await read({ mapAccounts: '- 012345678901\n- "012345678901"\n- 111122223333\n- [x]\n- yes\n' })).accounts,
  ).toEqual(['012345678901', '111122223333', 'yes']);
});

test('an account stands beside what is none', async () => {
  const mapAccounts = '- .inf\n- {{SessionName}}\n- {~: x}\n- {<<: x}\n- ~\n- [.nan]\n- "111122223333"\n';
  expect(await read({ mapAccounts })).toMatchObject({ accounts: ['.inf', '111122223333'], unread: [] });
});

test('a block text may hold tabs, but not before its first line', async () => {
  const text = `- rolearn: ${arn}\n  username: |-\n    `;
  expect((await roles(`${text}a\n    \tb`)).rows).toMatchObject([{ username: 'a\n\tb' }]);
  await expect(roles(`${text}\ta`)).rejects.toThrow('its line 3 has a tab before its text');
});

test('tabs indent what is in brackets', async () => {
  expect((await roles(`[\n\t\n\t{"rolearn": "${arn}",\n\t"username": "ops", "groups": ["a"]}]`)).rows).toEqual([ops]);
});

test.each([
  [
    'aliases of aliases',
    `a: &a [${'x,'.repeat(9)}x]\nb: &b [${'*a,'.repeat(99)}*a]\nc: &c [${'*b,'.repeat(99)}*b]\nd: [*c, *c, *c]`,
  ],
  ['an alias of what it is in', '- &a [*a]'],
  ['a hundred thousand brackets', '['.repeat(1e5)],
  ['binary', '- !!binary aGk='],
  ['a time with a tag', '- !!timestamp 2001-01-01'],
  ['a line separator', `- rolearn: ${arn}\u2028`],
  ['a long s in an ARN', `- rolearn: ${arn.replace('s', '\u017f')}`],
  ['a byte order mark inside', `- rolearn: \ufeff${arn}`],
])('%s is not read', async (_name, text) => {
  await expect(roles(text)).rejects.toThrow(YamlTooLarge);
});

test.each([
  ['a line that is indented less than the first row', ` - rolearn: ${arn}\n- rolearn: x\n`, 'is indented less'],
  ['a tab in a line with nothing else', `- rolearn: ${arn}\n \t\n`, 'has a tab'],
  ['a tab before a comment', `- rolearn: ${arn}\n\t# ops\n`, 'has a tab'],
  ['a tab behind the sign of an item', `- rolearn: ${arn}\n- \t\n`, 'has a tab'],
  ['a tab behind the dash of an item', `- groups:\n  -\tsystem:masters\n  rolearn: ${arn}`, 'has a tab'],
  ['a key below which its colon stands', `- rolearn: ${arn}\n  username\n    : ops`, 'has a key'],
  ['a text in brackets with a sign', `- rolearn: ${arn}\n  groups: [a?b]`, 'has signs in brackets'],
  ['a key behind its sign in brackets', `- rolearn: ${arn}\n  groups: [? a]`, 'has signs in brackets'],
  ['a key behind its sign in braces', `- rolearn: ${arn}\n  x: {? a : b}`, 'has signs in brackets'],
  ['an escape of JSON', `- rolearn: ${arn}\n  username: "a\\/b"`, 'has a quote or an escape'],
  ['the name of an anchor with a sign', `- rolearn: ${arn}\n  groups: &a!b [x]`, 'has the name of an anchor'],
  ['the sign of a block below its key', `- groups:\n  |\n   a\n  rolearn: ${arn}`, 'cannot be read here'],
])('%s is not read, and has its place', async (_name, text, what) => {
  await expect(roles(text)).rejects.toThrow(
    new RegExp(
      `^mapRoles: its line 2 ${what}.*, (which YAML readers take in different ways|and the authenticator may read it)`,
    ),
  );
});

// Go reads each of these: asked of v0.7.18 by test/terraform/authenticator.
test.each([
  ['a bracket that is closed at the start of a line', `- rolearn: ${arn}\n  groups: [\n    system:masters\n]`],
  ['a quoted text over two lines', `- rolearn: ${arn}\n  username: "ops\n  x"`],
  ['something behind a list in brackets', `[{"rolearn": "${arn}"}]\n]`],
])('%s is no proof that the list is empty', async (_name, text) => {
  await expect(roles(text)).rejects.toThrow('the authenticator may read it');
});
