import { expect, test } from '@jest/globals';
import { convert } from '../../../lib/convert.ts';
import { runtime } from '../../support/fixture.ts';

const rows = (first: string, second: string, arn: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true
  aws_auth_roles = concat(
    ${first} ? [{ rolearn = ${arn}, username = "ops", groups = ["ops"] }] : [],
    ${second} ? [{ rolearn = ${arn}, username = "ops", groups = ["ops"] }] : [],
  )
}

resource "aws_iam_role" "ops" {
  name = "\${module.eks.cluster_name}-ops"
}
`;

const phaseTwo = async (text: string) => {
  const result = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const written = result.revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf') ?? '';
  return { codes: result.diagnostics.map(({ code }) => code), rows: result.rows, written };
};

// An entry overrides every row of its principal, and two resources would be two entries of one principal (409).
test('one row under two conditions becomes one resource under either', async () => {
  const { codes, rows: reported, written } = await phaseTwo(rows('var.a', 'var.b', 'aws_iam_role.ops.arn'));
  expect(codes).toContain('TAE424');
  expect(codes).not.toContain('TAE323');
  expect(reported.map(({ disposition }) => disposition)).toEqual(['dropped', 'converted']);
  expect(written.match(/resource "aws_eks_access_entry"/g)).toHaveLength(1);
  expect(written).toContain('count = (var.a ? true : var.b) ? 1 : 0');
});

test('each condition keeps its brackets', async () => {
  const { written } = await phaseTwo(
    rows('var.a && var.c', '(var.b ? var.x : var.y)', '"arn:aws:iam::111122223333:role/ops"'),
  );
  expect(written).toContain('(var.a && var.c ? true : ((var.b ? var.x : var.y))) ? {');
});

// A row with a key that EKS does not know is not one that says the same without it.
test('rows that only look the same are not joined', async () => {
  const text = rows('var.a', 'var.b', '"arn:aws:iam::111122223333:role/ops"').replace(
    'username = "ops"',
    'sso = {}, username = "ops"',
  );
  const { codes } = await phaseTwo(text);
  expect(codes).toContain('TAE306');
  expect(codes).not.toContain('TAE424');
});

// A key with null is read as one that is not there. Source: encoding/json, Unmarshal (null into a struct has no effect).
test('a row with sso = null is a row without sso', async () => {
  const row =
    '[{ rolearn = "arn:aws:iam::111122223333:role/ops", sso = null, username = "ops", groups = ["viewers"] }]';
  const text = rows('var.a', 'var.b', '"x"').replace(/concat\(.*?\n {2}\)/s, row);
  const { rows: reported } = await phaseTwo(text);
  expect(reported.map(one => [one.disposition, one.codes])).toEqual([['converted', []]]);
});

// A username that begins with a reserved prefix is refused. Beside system:masters it stands in the audit log alone.
test.each([
  ['system:masters', 'converted', ['TAE402']],
  ['viewers', 'blocked', ['TAE319']],
])('a username that only a plan knows, with the group %s', async (group, disposition, wanted) => {
  const row = `[{ rolearn = "arn:aws:iam::111122223333:role/ops", username = var.name, groups = ["${group}"] }]`;
  const text = rows('var.a', 'var.b', '"x"').replace(/concat\(.*?\n {2}\)/s, row);
  const { rows: reported, written } = await phaseTwo(text);
  expect(reported.map(one => [one.disposition, one.codes])).toEqual([[disposition, wanted]]);
  expect(written).not.toContain('user_name');
});

const users = (first: string, second: string, more = ''): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true
  aws_auth_users            = concat(${first}, ${second})${more}
}
`;

const spelled = (name: string, group: string): string =>
  `[{ userarn = "arn:aws:iam::111122223333:user/${name}", username = "ana", groups = ["${group}"] }]`;
const [small, large] = [spelled('ana', 'system:masters'), spelled('Ana', 'viewers')];
const when = (condition: string, list: string): string => `${condition} ? ${list} : []`;

/*
 * The authenticator keys users by the ARN as it is written, and asks in the order of a map: which of two spellings counts is chance
 * wherever both may be there. Source: kubernetes-sigs/aws-iam-authenticator, pkg/mapper/configmap/configmap.go.
 */
test.each([
  ['neither under a condition', small, large],
  ['the first under one', when('var.a', small), large],
  ['the last under one', small, when('var.a', large)],
  ['each under one of its own', when('var.a', small), when('var.b', large)],
])('two spellings of a user, %s: blocked', async (_name, first, second) => {
  const { codes, rows: reported } = await phaseTwo(users(first, second));
  expect(codes.filter(code => code === 'TAE311')).toHaveLength(2);
  expect(reported.map(({ disposition }) => disposition)).toEqual(['blocked', 'blocked']);
});

test.each([
  ['the arms of a condition', users(`var.a ? ${small} : ${large}`, '[]')],
  ['conditions that are opposites', users(when('var.a == "x"', small), when('var.a != "x"', large))],
  [
    'a row of a role, which counts before users',
    users(when('var.a', small), large, `\n  aws_auth_roles            = ${small.replace('userarn', 'rolearn')}`),
  ],
])('two spellings of a user that are never both in force are converted: %s', async (_name, text) => {
  const { codes } = await phaseTwo(text);
  expect(codes).not.toContain('TAE311');
});

const withEntry = (entries: string, roles: string, more = ''): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name        = "orders"
  authentication_mode = "API_AND_CONFIG_MAP"
${entries}}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true
  aws_auth_roles            = ${roles}
}
${more}`;

const a = 'arn:aws:iam::111122223333:role/a';
const entryOfA = `{ a = { principal_arn = "${a}", kubernetes_groups = ["v"], user_name = "a" } }`;
const rowOfA = `[{ rolearn = "${a}", username = "a", groups = ["v"] }]`;
const resourceOfA = (count: string): string => `
resource "aws_eks_access_entry" "a" {
  count             = ${count} ? 1 : 0
  cluster_name      = module.eks.cluster_name
  principal_arn     = "${a}"
  kubernetes_groups = ["v"]
  user_name         = "a"
}
`;

// An entry that is not there grants nothing, and phase 3 takes the row away.
test.each([
  ['an arm of access_entries', withEntry(`  access_entries = var.adopt ? ${entryOfA} : {}\n`, rowOfA)],
  ['a resource with count', withEntry('', rowOfA, resourceOfA('var.adopt'))],
  ['another condition than that of the row', withEntry('', `var.x ? ${rowOfA} : []`, resourceOfA('var.adopt'))],
  ['one condition more', withEntry('', `var.x ? ${rowOfA} : []`, resourceOfA('var.x && var.adopt'))],
])('an entry that may be absent where its row is in force blocks the row: %s', async (_name, text) => {
  const { codes, rows: reported } = await phaseTwo(text);
  expect(codes).toContain('TAE331');
  expect(reported.map(({ disposition }) => disposition)).toEqual(['blocked']);
});

test.each([
  ['the same condition', withEntry(`  access_entries = var.x ? ${entryOfA} : {}\n`, `var.x ? ${rowOfA} : []`)],
  ['one of its conditions', withEntry('', `var.x && var.y ? ${rowOfA} : []`, resourceOfA('var.y'))],
  ['either of two', withEntry('', `var.x ? ${rowOfA} : []`, resourceOfA('(var.y ? true : var.x)'))],
  ['a condition that holds', withEntry(`  access_entries = true ? ${entryOfA} : {}\n`, rowOfA)],
])('an entry that is there wherever its row is in force is its entry: %s', async (_name, text) => {
  const { codes, rows: reported } = await phaseTwo(text);
  expect(codes).not.toContain('TAE331');
  expect(codes).toContain('TAE408');
  expect(reported.map(({ disposition }) => disposition)).toEqual(['converted']);
});

test('a person may accept that the condition holds with the row', async () => {
  const accept = [{ principal: a, code: 'TAE331' as const, reason: 'adopt is true everywhere' }];
  const text = withEntry('', rowOfA, resourceOfA('var.adopt'));
  const { rows: reported } = await convert(new Map([['main.tf', text]]), {
    runtime: await runtime(),
    config: { accept },
  });
  expect(reported.map(({ disposition }) => disposition)).toEqual(['converted']);
});
