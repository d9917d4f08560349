import { expect, test } from '@jest/globals';
import { convertWith, outcomeOf, rowOf } from './row.ts';

// EKS user guide, creating-access-entries: groups must not begin with system:, eks:, aws:, amazon: or iam:.
test.each([
  ['viewers', 'converted', []],
  ['system:masters', 'converted', []],
  ['system', 'converted', []],
  ['system:Masters', 'blocked', ['TAE309']],
  ['system:monitoring', 'blocked', ['TAE314']],
  ['eks:ops', 'blocked', ['TAE314']],
  ['team-{{SessionName}}', 'blocked', ['TAE315']],
])('the group %s', async (group, disposition, codes) => {
  expect(await outcomeOf(rowOf('arn:aws:iam::111122223333:role/dev', group))).toEqual({ disposition, codes });
});

// Go leaves the name of an item empty that is no string. Source: https://pkg.go.dev/encoding/json#Unmarshal
test.each(['5', 'true', '["ops"]', '{}'])('the item %s among the groups is none', async item => {
  const principal = 'arn:aws:iam::111122223333:role/dev';
  const row = `{ rolearn = "${principal}", username = "dev", groups = ["viewers", ${item}] }`;
  expect(await outcomeOf(row)).toEqual({ disposition: 'blocked', codes: ['TAE307'] });
  const config = { accept: [{ principal, code: 'TAE307' as const, reason: 'a test' }] };
  const { entry } = (await convertWith(`aws_auth_roles = [${row}]`, { config })).rows[0] ?? {};
  expect(entry?.groups).toMatchObject({ items: ['viewers'] });
});

// What aws-auth fills in is in a list, and other text in braces stays as it is: aws-iam-authenticator, pkg/server/server.go.
test.each([
  ['team-{{AccountID}}', 'aws-auth fills in {{AccountID}}, and'],
  ['team-{{Foo}}', 'aws-auth does not know {{Foo}}, and'],
  ['{{Foo}}-{{SessionName}}', 'aws-auth fills in {{SessionName}}, and'],
])('of the group %s it is said what aws-auth makes of it', async (group, said) => {
  const { diagnostics } = await convertWith(`aws_auth_roles = [${rowOf('arn:aws:iam::111122223333:role/dev', group)}]`);
  const messages = diagnostics.filter(({ code }) => code === 'TAE315').map(({ message }) => message);
  expect(messages).toEqual([expect.stringContaining(said)]);
});

test('a template among the known pieces of a group blocks its row', async () => {
  const row = `{ rolearn = "arn:aws:iam::111122223333:role/dev", groups = ["team-\${var.name}-{{SessionName}}"] }`;
  const { rows, diagnostics } = await convertWith(`aws_auth_roles = [${row}]`, { beside: 'variable "name" {}' });
  expect(rows[0]?.disposition).toBe('blocked');
  const [found] = diagnostics.filter(({ code }) => code === 'TAE315');
  expect(found?.message).toContain('aws-auth fills in {{SessionName}}');
  expect(found?.hint).toMatch(/^Write the group out/);
});

// A group that becomes nothing is a right that somebody loses: it is said, as other decisions are.
test.each([
  [{ group: 'operators' }, 'the group operators'],
  [{ policy: 'AmazonEKSViewPolicy' }, 'AmazonEKSViewPolicy for the cluster'],
  [
    { policy: 'AmazonEKSViewPolicy', scope: { type: 'namespace' as const, namespaces: ['web', 'api'] } },
    'AmazonEKSViewPolicy for the namespaces web, api',
  ],
  [{ drop: true as const }, 'nothing'],
])('what the config makes of a group is said: %j', async (decision, what) => {
  const config = { groups: { ops: decision } };
  const row = rowOf('arn:aws:iam::111122223333:role/dev', 'dev', 'ops');
  const { diagnostics } = await convertWith(`aws_auth_roles = [${row}]`, { config });
  expect(diagnostics.filter(({ code }) => code === 'TAE422').map(({ message }) => message)).toEqual([
    `arn:aws:iam::111122223333:role/dev gets ${what}, in place of ops, as the config says.`,
  ]);
});

test('a group with the name of a member that every object has is decided by no config', async () => {
  const config = { groups: { ops: { drop: true as const } } };
  const row = rowOf('arn:aws:iam::111122223333:role/dev', 'ops', 'constructor');
  const { entry } = (await convertWith(`aws_auth_roles = [${row}]`, { config })).rows[0] ?? {};
  expect(entry?.groups).toMatchObject({ items: ['constructor'] });
});
