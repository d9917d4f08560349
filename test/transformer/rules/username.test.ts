import { expect, test } from '@jest/globals';
import { convertWith, outcomeOf } from './row.ts';

const row = (username: string): string =>
  `{ rolearn = "arn:aws:iam::111122223333:role/ops", username = ${username}, groups = ["system:masters"] }`;

// aws-auth has strings there, and reads nothing else. Source: kubernetes-sigs/aws-iam-authenticator, pkg/config/types.go.
test.each(['5', 'true', '["ops"]'])(
  'a username that is no string (%s) is refused, of an administrator too',
  async text => {
    expect((await outcomeOf(row(text))).disposition).toBe('blocked');
  },
);

test('one that only a plan knows is left out of the entry of an administrator', async () => {
  expect(await outcomeOf(row('var.name'))).toEqual({ disposition: 'converted', codes: ['TAE402'] });
});

test.each([
  ['"system:ops"', 'The username "system:ops" of'],
  ['"${var.name}"', 'The username "${var.name}" of'],
])('the message has the name %s in quotes once', async (username, words) => {
  const { diagnostics } = await convertWith(`aws_auth_roles = [${row(username)}]`);
  expect(diagnostics.find(({ code }) => code === 'TAE402')?.message).toContain(words);
});

// A colon has to stand before the template, and of other templates nothing says that an entry fills them in. What a plan puts between
// them may have a colon. Source: EKS user guide, set-custom-username.
test.each([
  ['dev:${var.name}', 'converted'],
  ['dev:${var.name}{{SessionName}}', 'converted'],
  ['dev-${var.name}{{SessionName}}', 'blocked'],
  ['dev:${var.name}{{AccountID}}', 'blocked'],
  ['${var.name}:{{SessionName}}', 'blocked'],
])('a username of which a plan knows a piece: %s', async (name, disposition) => {
  const ofDev = `{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "${name}", groups = ["dev"] }`;
  const codes = disposition === 'blocked' ? ['TAE319'] : [];
  expect(await outcomeOf(ofDev, { beside: 'variable "name" {}' })).toEqual({ disposition, codes });
});

// Accepted, the expression is kept as it is: what nothing says that an entry fills in would be its name, braces and all.
test('no template but that of the session is to be accepted, and of an IAM user none', async () => {
  const ofDev = `{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev:\${var.name}{{AccountID}}", groups = ["dev"] }`;
  const { diagnostics } = await convertWith(`aws_auth_roles = [${ofDev}]`, { beside: 'variable "name" {}' });
  expect(diagnostics.find(({ code }) => code === 'TAE319')?.hint).toContain(
    'no other template, for an IAM user none at all',
  );
});

test.each(['42', '["dev"]'])('what is no text, %s, is not to be accepted as a username', async username => {
  const ofDev = `{ rolearn = "arn:aws:iam::111122223333:role/dev", username = ${username}, groups = ["dev"] }`;
  const { diagnostics } = await convertWith(`manage_aws_auth_configmap = true\n  aws_auth_roles = [${ofDev}]`);
  expect(diagnostics.map(({ code, hint }) => `${code} ${hint}`)).toEqual([
    'TAE319 Write it in quotes where the live ConfigMap has it in quotes, or where the name is wanted. Else write null in its place.',
  ]);
});

// aws-auth leaves the place of the session empty for an IAM user, and no page says what an entry does with it.
// Source: kubernetes-sigs/aws-iam-authenticator, pkg/token/token.go.
const inUsers = { argument: 'aws_auth_users' };

const ofUser = (username: string, group: string): string =>
  `{ userarn = "arn:aws:iam::111122223333:user/bob", username = "${username}", groups = ["${group}"] }`;

test.each(['dev:{{SessionName}}', 'dev:{{SessionNameRaw}}'])(
  'the username %s, of a session, is refused for an IAM user',
  async username => {
    const { disposition, codes } = await outcomeOf(ofUser(username, 'dev'), inUsers);
    expect(disposition).toBe('blocked');
    expect(codes).toContain('TAE316');
  },
);

test('it is left out of the entry of an administrator', async () => {
  const { disposition, codes } = await outcomeOf(ofUser('ops:{{SessionName}}', 'system:masters'), inUsers);
  expect(disposition).toBe('converted');
  expect(codes).toContain('TAE402');
});

test('a user by a name of the source is an IAM user, too', async () => {
  const user = '{ userarn = aws_iam_user.bob.arn, username = "dev:{{SessionName}}", groups = ["dev"] }';
  expect((await outcomeOf(user, inUsers)).codes).toContain('TAE316');
});

test('a role has sessions', async () => {
  const role = '{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev:{{SessionName}}", groups = ["dev"] }';
  expect((await outcomeOf(role)).disposition).toBe('converted');
});
