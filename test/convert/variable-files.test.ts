import { expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { fixturesOf, runtime } from '../support/fixture.ts';

// Values of variables are one caller's: they are shown, and nothing that is written depends on them.

// Of the type `any`, which leaves each row as it is.
const wrapper = new Map(
  [...(fixturesOf('lists').find(({ name }) => name === 'wrapper-variables')?.files ?? [])].map(([path, text]) => [
    path,
    text.replace(/type = list\(object\(\{.*?\}\)\)/s, 'type = any'),
  ]),
);

const convertWith = async (variableFiles?: ReadonlyMap<string, string>): Promise<ConvertResult> =>
  convert(wrapper, { runtime: await runtime(), ...(variableFiles ? { variableFiles } : {}) });

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;

const prod = `map_roles = [
  { rolearn = "${role('Ops')}", username = "old", groups = [] },
  { rolearn = "${role('ops')}", username = "ops", groups = ["system:masters"] },
  { rolearn = "${role('team/dev')}", username = "dev", groups = ["dev"] },
  { rolearn = "${role('odd')}", username = "odd", groups = ["eks:odd"] },
  { rolearn = null, username = "none", groups = ["dev"], description = null },
  { rolearn = "${role('AWSReservedSSO_Ops_0123456789abcdef')}", username = "sso", groups = ["dev"], description = "On call" },
  { roleARN = "${role('case')}", username = "case", groups = ["dev"] },
  { rolearn = "${role('nodes')}", username = "system:node:{{EC2PrivateDNSName}}", groups = ["system:bootstrappers", "system:nodes"] },
]
`;

const clean = `map_roles = [{ rolearn = "${role('ops')}", username = "ops", groups = ["system:masters"] }]\n`;

test('the report shows the rows of a list, each as it would end', async () => {
  const { report } = await convertWith(new Map([['prod.tfvars', prod]]));
  const [roles, users] = report.lists;
  expect(roles?.given?.map(({ principal, disposition, codes }) => [principal, disposition, ...codes])).toEqual([
    [role('Ops'), 'dropped'],
    [role('ops'), 'converted', 'TAE403'],
    [role('team/dev'), 'blocked', 'TAE308'],
    [role('odd'), 'blocked', 'TAE314'],
    // The module leaves a row without an ARN out, looks the path up, and compares node roles with those of the groups.
    ['aws_auth_roles[4]', 'dropped'],
    [role('AWSReservedSSO_Ops_0123456789abcdef'), 'converted', 'TAE405'],
    [role('case'), 'blocked', 'TAE306'],
    [role('nodes'), 'left-to-eks'],
  ]);
  expect(users?.given).toBeUndefined();
  expect(report.lists.map(({ rows }) => rows)).toEqual(['unknown until plan', 'unknown until plan']);
});

test('rows that the type of the variable may change are not shown: it drops what it does not name', async () => {
  const files =
    fixturesOf('lists').find(({ name }) => name === 'wrapper-variables')?.files ?? new Map<string, string>();
  const variableFiles = new Map([['prod.tfvars', prod]]);
  const { report } = await convert(files, { runtime: await runtime(), variableFiles });
  expect(report.lists.map(({ given }) => given)).toEqual([undefined, undefined]);
});

test('a row of people with the role of a node group is refused, as the plan refuses it', async () => {
  const group = `eks_managed_node_groups = { main = { create_iam_role = false, iam_role_arn = "${role('ops')}" } }`;
  const files = new Map(
    [...wrapper].map(([path, text]) => [path, text.replace(/^( *)(cluster_name|name) += .*$/m, `$&\n$1${group}`)]),
  );
  const { report } = await convert(files, { runtime: await runtime(), variableFiles: new Map([['a.tfvars', clean]]) });
  expect(report.lists[0]?.given?.map(({ disposition, codes }) => [disposition, ...codes])).toEqual([
    ['blocked', 'TAE312'],
  ]);
});

const lists = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "shop"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true

  aws_auth_roles = concat(var.roles, var.more_roles)
  aws_auth_users = concat(var.users, var.more_users)
}

variable "roles" {}
variable "more_roles" {}
variable "users" {}
variable "more_users" {}
`;

/** What the rows of all lists end as, with these values. */
const endsOf = async (
  values: string,
  more: { ssoRegion?: string } = {},
  text = lists,
): Promise<readonly (readonly string[])[]> => {
  const empty = ['roles', 'more_roles', 'users', 'more_users'].map(name => `${name} = []\n`).join('');
  const { report } = await convert(new Map([['main.tf', text]]), {
    ...more,
    runtime: await runtime(),
    variableFiles: new Map([
      ['empty.tfvars', empty],
      ['prod.tfvars', values],
    ]),
  });
  return report.lists.flatMap(({ given }) =>
    (given ?? []).map(({ principal, disposition, codes }) => [principal, disposition, ...codes]),
  );
};

const user = (name: string): string => `arn:aws:iam::111122223333:user/${name}`;
const rowOfRole = (name: string): string => `[{ rolearn = "${role(name)}", username = "x", groups = ["dev"] }]`;
const rowOfUser = (arn: string): string => `[{ userarn = "${arn}", username = "x", groups = ["dev"] }]`;

// The module puts all lists together, as aws-auth does: the last of the roles counts, and roles count before users.
test('rows of one principal in two lists are one, that which counts', async () => {
  expect(await endsOf(`roles = ${rowOfRole('Dev')}\nmore_roles = ${rowOfRole('dev')}\n`)).toEqual([
    [role('Dev'), 'dropped'],
    [role('dev'), 'converted', 'TAE403'],
  ]);
  expect(await endsOf(`users = ${rowOfUser(user('ana'))}\nmore_users = ${rowOfUser(user('ana'))}\n`)).toEqual([
    [user('ana'), 'dropped'],
    [user('ana'), 'converted', 'TAE403', 'TAE401'],
  ]);
});

test('two spellings in two lists of users are refused', async () => {
  expect(await endsOf(`users = ${rowOfUser(user('Ana'))}\nmore_users = ${rowOfUser(user('ana'))}\n`)).toEqual([
    [user('Ana'), 'blocked', 'TAE311'],
    [user('ana'), 'blocked', 'TAE311'],
  ]);
});

// Without a path the module looks the role up, and its account is not that of the other rows.
test.each([
  [{}, ['blocked', 'TAE313']],
  [{ ssoRegion: 'eu-west-1' }, ['converted']],
])('a path of Identity Center that is given holds in every account, as in the module', async (options, end) => {
  const sso = rowOfRole('AWSReservedSSO_Ops_0123456789abcdef').replace('111122223333', '444455556666');
  const ends = await endsOf(
    `roles = [${[rowOfRole('dev'), rowOfRole('ops'), sso].map(row => row.slice(1, -1)).join(', ')}]\n`,
    options,
  );
  expect(ends.map(([, ...rest]) => rest)).toEqual([['converted'], ['converted'], end]);
});

test('a role of Identity Center without its suffix is refused, as in the module', async () => {
  expect(await endsOf(`roles = ${rowOfRole('AWSReservedSSO_Ops')}\n`, { ssoRegion: 'eu-west-1' })).toEqual([
    [role('AWSReservedSSO_Ops'), 'blocked', 'TAE345'],
  ]);
});

// Such a list is handed over with its paths, so that the module would not know which of the rows came last.
test('a role in a list of which the source takes the paths off, and in another, is refused', async () => {
  const taken = 'replace(row.rolearn, "aws-reserved/sso.amazonaws.com/eu-west-1/", "")';
  const list = `[for row in var.more_roles : { rolearn = ${taken}, username = row.username, groups = row.groups }]`;
  const text = lists.replace('concat(var.roles, var.more_roles)', `concat(var.roles, ${list})`);
  expect(await endsOf(`roles = ${rowOfRole('dev')}\nmore_roles = ${rowOfRole('dev')}\n`, {}, text)).toEqual([
    [role('dev'), 'blocked'],
    [role('dev'), 'blocked', 'TAE403'],
  ]);
});

test('a row of nodes has no type unless the call names one', async () => {
  const nodes = `[{ rolearn = "${role('nodes')}", username = "system:node:{{EC2PrivateDNSName}}", groups = ["system:bootstrappers", "system:nodes"] }]`;
  expect(await endsOf(`roles = ${nodes}\n`)).toEqual([[role('nodes'), 'left-to-eks']]);
});

test('of several files the last one wins', async () => {
  const files = new Map([
    ['prod.tfvars', prod],
    ['more.tfvars.json', '{ "map_roles": [], "map_users": [{ "userarn": "arn:aws:iam::111122223333:user/eve" }] }'],
  ]);
  const { report } = await convertWith(files);
  expect(report.lists.map(({ given }) => given?.length)).toEqual([0, 1]);
});

test('phase 2 is blocked where the plan is known to fail with these values', async () => {
  const { blockedFrom, diagnostics, revisions } = await convertWith(new Map([['prod.tfvars', prod]]));
  expect([blockedFrom, revisions.map(({ phase }) => phase)]).toEqual(['add-access-entries', ['enable-api']]);
  const found = diagnostics.find(({ code }) => code === 'TAE247');
  expect(found?.message).toContain(`${role('team/dev')} (TAE308), ${role('odd')} (TAE314)`);
});

test('the config decides nothing about such rows: the module does not know it', async () => {
  const config = { accept: [{ principal: role('odd'), code: 'TAE314' as const, reason: 'no' }] };
  const result = await convert(wrapper, {
    runtime: await runtime(),
    config,
    variableFiles: new Map([['prod.tfvars', prod]]),
  });
  expect(result.revisions).toEqual([]);
});

test('nothing that is written has a value in it', async () => {
  const without = await convertWith();
  const given = await convertWith(new Map([['prod.tfvars', clean]]));
  expect(given.revisions).toEqual(without.revisions);
  expect(given.report.counts).toEqual(without.report.counts);
  expect(given.diagnostics).toEqual(without.diagnostics);
  expect(given.runbook).toContain(role('ops'));
});

test.each([
  ['a reference', 'map_roles = local.x\n', /no literal/],
  ['binary', 'GITCRYPT\u0000\u0001', /binary/],
  ['a block', 'locals {\n}\n', /block/],
  ['no HCL', 'map_roles = [\n', /syntax/],
])('a file with %s is refused', async (_name, text, reason) => {
  const { diagnostics, revisions } = await convertWith(new Map([['prod.tfvars', text]]));
  expect(diagnostics.map(({ code }) => code)).toEqual(['TAE015']);
  expect(diagnostics[0]?.message).toMatch(reason);
  expect(revisions).toEqual([]);
});

// An access entry cannot stand for an account, so the module refuses the plan unless the list is empty.
test.each([
  ['["444455556666"]', ['TAE247']],
  ['[]', []],
])('accounts that are given as %s', async (accounts, codes) => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  manage_aws_auth_configmap = true
  aws_auth_roles            = var.map_roles
  aws_auth_accounts         = var.map_accounts
}
`;
  const variableFiles = new Map([['prod.tfvars', `${clean}map_accounts = ${accounts}\n`]]);
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime(), variableFiles });
  expect(diagnostics.flatMap(({ code, severity }) => (severity === 'error' ? [code] : []))).toEqual(codes);
});
