import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertOptions, type ConvertResult } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';
import { phaseOf, sectionOf } from '../support/runbook.ts';

// The live ConfigMap beside the source. What is compared, and what cannot be, decides whether a row is converted twice or lost.

type Given = Partial<Omit<ConvertOptions, 'runtime' | 'awsAuth'>>;
type LiveRow = { readonly arn: string; readonly username?: string; readonly groups?: readonly string[] };

const role = (name: string, account = '111122223333'): string => `arn:aws:iam::${account}:role/${name}`;
const eks = 'module "eks" {\n  source  = "terraform-aws-modules/eks/aws"\n  version = "20.24.3"\n}\n';
const call = (lists: string, flags = 'manage_aws_auth_configmap = true'): string =>
  `\nmodule "aws_auth" {\n  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"\n  version = "~> 20.0"\n\n  ${flags}\n${lists}\n}\n`;
const rows = (...own: readonly string[]): string =>
  `  aws_auth_roles = [\n${own.map(row => `    ${row},\n`).join('')}  ]`;
const row = (arn: string, username = '"x"', groups = '["x"]'): string =>
  `{ rolearn = ${arn}, username = ${username}, groups = ${groups} }`;

const configMap = (mapRoles: readonly LiveRow[], more: Readonly<Record<string, string>> = {}): string => {
  const list = mapRoles.map(({ arn, username = 'x', groups = ['x'] }) => ({ rolearn: arn, username, groups }));
  const data = { mapRoles: JSON.stringify(list), ...more };
  return JSON.stringify({ kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data });
};

const run = async (source: string, live: string, options: Given = {}): Promise<ConvertResult> =>
  convert(new Map([['main.tf', source]]), {
    ...options,
    runtime: await runtime(),
    awsAuth: { file: 'live/aws-auth.json', text: live },
  });

const ends = ({ rows: all }: ConvertResult): readonly string[] =>
  all.map(({ from, principal, disposition, codes }) => [from ?? 'source', principal, disposition, ...codes].join(' '));
const codesOf = ({ diagnostics }: ConvertResult): readonly string[] => diagnostics.map(({ code }) => code);

const ci = (more = ''): string =>
  `resource "aws_iam_role" "ci" {\n  name               = "ci"\n  assume_role_policy = "{}"\n${more}}\n`;

const compared = async (
  username: string,
  groups: string,
  live: Omit<LiveRow, 'arn'>,
  more = '',
): Promise<ConvertResult> =>
  run(eks + call(rows(row(`"${role('x')}"`, username, groups))) + more, configMap([{ arn: role('x'), ...live }]));

const named = (name: string): string =>
  eks.replace('"eks"', `"${name}"`).replace(/\}\n$/, `  cluster_name = "${name}"\n}\n`);

const drop = (principal: string): Given => ({ config: { drop: [{ principal, reason: 'a test' }] } });

const many = (count: number): string =>
  configMap(Array.from({ length: count }, (_, index) => ({ arn: role(`r${index}`) })));

describe('a principal that is an expression', () => {
  const source = eks + call(rows(row('aws_iam_role.ci.arn'))) + ci();

  test('is matched by the name of its role', async () => {
    expect(ends(await run(source, configMap([{ arn: role('ci') }])))).toEqual(['source aws_iam_role.ci.arn converted']);
  });

  test('is dropped by the ARN that the ConfigMap has for it', async () => {
    const result = await run(source, configMap([{ arn: role('ci') }]), drop(role('ci')));
    expect(ends(result)).toEqual(['source aws_iam_role.ci.arn dropped TAE416']);
  });

  test('whose role is not in the ConfigMap is not live', async () => {
    expect(ends(await run(source, configMap([])))).toEqual(['source aws_iam_role.ci.arn converted TAE440']);
  });

  test.each([
    ['the name is there in two accounts', [{ arn: role('ci') }, { arn: role('ci', '444455556666') }]],
    [
      'another account is there, and which one is the own is not known',
      [{ arn: role('ci') }, { arn: role('other', '444455556666') }],
    ],
  ])('is not matched where %s', async (_name, live) => {
    const result = await run(source, configMap(live));
    expect(codesOf(result)).toContain('TAE442');
    expect(ends(result)).toContain('source aws_iam_role.ci.arn converted');
  });

  test('is matched in the account of the runner', async () => {
    const live = configMap([{ arn: role('ci') }, { arn: role('ci', '444455556666') }]);
    const result = await run(source, live, { runner: role('terraform') });
    expect(ends(result)).toEqual([
      'source aws_iam_role.ci.arn converted',
      `config-map ${role('ci', '444455556666')} blocked TAE326`,
    ]);
  });

  test('of a role with a path is not matched with the role of that name: aws-auth has the path', async () => {
    const withPath = eks + call(rows(row('aws_iam_role.ci.arn'))) + ci('  path               = "/team/"\n');
    expect(codesOf(await run(withPath, configMap([{ arn: role('ci') }])))).toContain('TAE442');
  });

  test('has rights that are compared', async () => {
    const result = await run(source, configMap([{ arn: role('ci'), groups: ['x', 'system:masters'] }]));
    expect(ends(result)).toEqual(['source aws_iam_role.ci.arn blocked TAE325']);
    expect(result.diagnostics[0]?.related?.[0]?.range.file).toBe('live/aws-auth.json');
  });

  test('is matched by the ARN that the config gives it', async () => {
    const unknown = `${eks}${call(rows(row('var.ops')))}\nvariable "ops" {\n  type = string\n}\n`;
    const config = { principals: { 'var.ops': { arn: role('team/ops') } } };
    expect(codesOf(await run(unknown, configMap([{ arn: role('ops') }])))).toEqual(['TAE442']);
    expect(codesOf(await run(unknown, configMap([{ arn: role('ops') }]), { config }))).toEqual(['TAE218']);
  });

  // Terraform writes each list of the source into its own: what is live in mapUsers is not of aws_auth_roles.
  test.each(['var.ops', 'module.karpenter.node_iam_role_arn'])('%s among the roles is no user', async principal => {
    const users = JSON.stringify([{ userarn: 'arn:aws:iam::111122223333:user/bob', username: 'bob', groups: ['x'] }]);
    const text = `${eks}${call(rows(row(principal)))}\nvariable "ops" {\n  type = string\n}\n`;
    const result = await run(text, configMap([{ arn: role('ops') }], { mapUsers: users }));
    expect(ends(result)).toContain('config-map arn:aws:iam::111122223333:user/bob blocked TAE326');
    expect(result.diagnostics.find(({ code }) => code === 'TAE442')?.message).not.toContain('user/bob');
    expect(result.report.phases.find(({ id }) => id === 'enable-api')).toMatchObject({ status: 'blocked' });
  });

  test('that cannot be a user leaves a live user a row of its own', async () => {
    const users = JSON.stringify([{ userarn: 'arn:aws:iam::111122223333:user/ada', username: 'ada', groups: [] }]);
    const live = configMap([], { mapUsers: users });
    const partly =
      eks +
      call(
        rows(row('"arn:aws:iam::${var.account}:role/ops"')),
        'create_aws_auth_configmap = true\n  manage_aws_auth_configmap = false',
      );
    expect(ends(await run(`${partly}variable "account" {}\n`, live))).toContain(
      'config-map arn:aws:iam::111122223333:user/ada converted TAE401',
    );
  });
});

test('a role of Identity Center is known by its name, whatever looks it up', async () => {
  const name = 'AWSReservedSSO_Admin_0123456789abcdef';
  const lookup = `data "aws_iam_roles" "admin" {\n  name_regex  = "^${name}$"\n  path_prefix = "/aws-reserved/sso.amazonaws.com/"\n}\n`;
  const source =
    eks + call(rows(row('"arn:aws:iam::${var.account}:role/' + name + '"'))) + lookup + 'variable "account" {}\n';
  const live = configMap([{ arn: role(name) }, { arn: role('x', '444455556666') }]);
  const result = await run(source, live);
  expect(ends(result).filter(line => line.includes(name))).toHaveLength(1);
});

describe('a list that only a plan knows', () => {
  const source = `${eks}${call('  aws_auth_roles = var.roles')}\nvariable "roles" {}\n`;

  test('may hold every live row, so none is converted a second time', async () => {
    const result = await run(source, configMap([{ arn: role('a') }, { arn: role('b') }]));
    expect(result.rows).toEqual([]);
    expect(codesOf(result)).toEqual(['TAE442', 'TAE420']);
    expect(result.diagnostics[0]?.message).toContain(
      `2 rows of the live ConfigMap match no row whose principal the source tells`,
    );
  });

  test('is looked at before phase 3', async () => {
    const phase = phaseOf(await run(source, configMap([{ arn: role('a') }])), 3);
    expect(phase).toContain(`could not be matched with the source have entries, too: ${role('a')}`);
    expect(phase).toContain('verify-access');
  });

  test('is looked at before phase 1, whose apply may take rows out', async () => {
    const phase = phaseOf(await run(source, configMap([{ arn: role('a') }])), 1);
    expect(phase).toContain(`takes out the rows of ${role('a')}, unless the source has them: do that first`);
  });

  test('says nothing about accounts', async () => {
    const live = configMap([], { mapAccounts: '["444455556666"]' });
    expect(ends(await run(source, live))).toEqual(['config-map 444455556666 blocked TAE326']);
  });
});

describe('rights that differ or not', () => {
  test.each([
    ['null', '[]', { username: '', groups: [] }],
    ['"x"', 'null', { groups: [] }],
    ['"x"', '["b", "a", "b"]', { groups: ['a', 'b'] }],
  ])('%s and %s are what is live', async (username, groups, live) => {
    expect(codesOf(await compared(username, groups, live))).toEqual([]);
  });

  test.each([
    ['"x"', '["a"]', { groups: ['A'] }],
    ['"x"', '["a"]', { groups: [] }],
    ['"x"', '["a"]', { username: '', groups: ['a'] }],
    ['null', '["a"]', { username: 'x', groups: ['a'] }],
  ])('%s and %s are not', async (username, groups, live) => {
    expect(codesOf(await compared(username, groups, live))).toEqual(['TAE325']);
  });

  test('what only a plan knows is not taken for equal', async () => {
    const result = await compared('"team-${var.name}"', '["x"]', { username: 'team-a' }, 'variable "name" {}\n');
    expect(codesOf(result)).toEqual(['TAE441']);
    expect(
      (await compared('"team-${var.name}"', '["x"]', { groups: [] }, 'variable "name" {}\n')).rows[0]?.codes,
    ).toEqual(['TAE325']);
  });
});

test('a snapshot of another cluster than the ConfigMap is refused', async () => {
  const entry = { principalArn: role('x'), type: 'STANDARD', groups: [], clusterName: 'blue' };
  const snapshot = { file: 'entries.json', entries: [entry] };
  const to = (name: string): Given => ({ snapshot, config: { pair: { 'config-map': `module.${name}` } } });
  const source = named('blue') + named('green');
  expect(codesOf(await run(source, configMap([]), to('green')))).toEqual(['TAE010']);
  expect(codesOf(await run(source, configMap([]), to('blue')))).toEqual([]);
});

test('a snapshot is of the cluster that the config names, where another root module makes it', async () => {
  const snapshot = { file: 'entries.json', entries: [{ ...liveEntry, clusterName: 'blue' }] };
  const as = (clusterName: string): Given => ({ snapshot, emit: 'resources', config: { clusterName } });
  const source = call(rows(row(`"${role('x')}"`)));
  expect(codesOf(await run(source, configMap([]), as('green')))).toEqual(['TAE010']);
  expect(codesOf(await run(source, configMap([{ arn: role('x') }]), as('blue')))).toEqual(['TAE408']);
});

const liveEntry = { principalArn: role('x'), type: 'STANDARD', groups: ['x'] };

test('a live row whose principal has an entry decides nothing', async () => {
  const entry = `\n  access_entries = {\n    ops = {\n      principal_arn     = "${role('ops')}"\n      kubernetes_groups = ["x"]\n    }\n  }\n}\n`;
  const result = await run(
    eks.replace(/\}\n$/, entry) + call(rows(row(`"${role('x')}"`))),
    configMap([{ arn: role('x') }, { arn: role('ops') }]),
  );
  expect(ends(result)).toEqual([`source ${role('x')} converted`, `config-map ${role('ops')} converted TAE408`]);
});

const besideX = (arn: string): Promise<ConvertResult> =>
  run(eks + call(rows(row(`"${role('x')}"`))), configMap([{ arn: role('x') }, { arn }]));

test('a live row that matches nobody has nothing to lose by the next apply', async () => {
  for (const [arn, codes] of [
    [role('team/y'), ['TAE308']],
    ['nobody', ['TAE304']],
    [role('y'), ['TAE326']],
    // The authenticator knows no wildcards.
    [role('team-*'), ['TAE304']],
  ] as const)
    expect([arn, codesOf(await besideX(arn))]).toEqual([arn, codes]);
});

test('a dead row of the source beside a live one that works: the live one counts', async () => {
  const flags = 'create_aws_auth_configmap = true\n  manage_aws_auth_configmap = false';
  const source = eks + call(rows(row(`"${role('team/x')}"`)), flags);
  const result = await run(source, configMap([{ arn: role('team/x') }, { arn: role('x') }]));
  expect(ends(result)).toEqual([`source ${role('team/x')} dropped`, `config-map ${role('x')} converted TAE403`]);
});

// Terraform plans an update for what is not in ignore_changes. Source: developer.hashicorp.com/terraform/language/meta-arguments/lifecycle.
describe('of a resource that ignores changes of one list', () => {
  const source = `${eks}
resource "kubernetes_config_map_v1_data" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }
  data = {
    mapRoles = yamlencode([{ rolearn = "${role('x')}", username = "x", groups = ["x"] }])
    mapUsers = yamlencode([{ userarn = "arn:aws:iam::111122223333:user/u", username = "u", groups = ["u"] }])
  }
  lifecycle {
    ignore_changes = [data["mapUsers"]]
  }
}
`;

  test('the next apply takes out a live row of the other list, and brings one of the source back', async () => {
    const result = await run(source, configMap([{ arn: role('y') }]));
    expect(ends(result)).toEqual([
      `source ${role('x')} converted TAE440`,
      'source arn:aws:iam::111122223333:user/u blocked TAE327',
      `config-map ${role('y')} blocked TAE326`,
    ]);
  });
});

test('what the next apply makes of the ConfigMap is in the runbook before phase 1', async () => {
  const config = { accept: [{ principal: role('extra'), code: 'TAE326' as const, reason: 'a test' }] };
  const source = eks + call(rows(row(`"${role('x')}"`), row(`"${role('new')}"`)));
  const phase = phaseOf(await run(source, configMap([{ arn: role('x') }, { arn: role('extra') }]), { config }), 1);
  expect(phase).toContain(`adds the row of ${role('new')}, takes out the row of ${role('extra')}: do that first`);
});

describe('without an aws-auth call', () => {
  test('phase 3 is done by hand, with a way back', async () => {
    const { runbook, report } = await run(eks, configMap([{ arn: role('x') }]));
    expect(report.phases[2]).toMatchObject({
      id: 'remove-aws-auth',
      status: 'nothing-to-change',
      changes: ['ConfigMap aws-auth of module.eks: emptied by hand'],
    });
    const phase = sectionOf(runbook, 3);
    const places = [
      'gates 3 &&',
      'verify-access --aws-auth aws-auth-backup.yaml',
      'kubectl --context eks patch configmap aws-auth',
      'kubectl --context eks apply -f aws-auth-backup.yaml',
    ].map(text => phase.indexOf(text));
    expect(places.every(place => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(phase).not.toContain('terraform apply');
  });

  test('phase 3 names a module that brings the rows back', async () => {
    const brought = `\nmodule "auth" {\n  source    = "./auth"\n  map_roles = [${row(`"${role('x')}"`)}]\n}\n`;
    const { runbook } = await run(eks + brought, configMap([{ arn: role('x') }]));
    expect(sectionOf(runbook, 3)).toContain(
      'module.auth brings rows into aws-auth, and its next apply brings them back. Once `gates 3` has passed, take them out of it and apply that, and then empty what is left.',
    );
  });

  test('nothing is said or done where no ConfigMap is given', async () => {
    const result = await convert(new Map([['main.tf', eks]]), { runtime: await runtime() });
    expect(codesOf(result)).toEqual(['TAE012']);
    expect(result.revisions).toEqual([]);
  });

  test('the revision of phase 2 is not taken for one after phase 3', async () => {
    const live = configMap([{ arn: role('x') }]);
    const first = await run(eks, live);
    const text = first.revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf') ?? '';
    expect((await run(text, live)).sourcePhase).toBe('add-access-entries');
  });

  test('a principal that the config drops must be in the ConfigMap', async () => {
    const live = configMap([{ arn: role('x') }]);
    expect(ends(await run(eks, live, drop(role('x'))))).toEqual([`config-map ${role('x')} dropped TAE416`]);
    expect(codesOf(await run(eks, live, drop(role('y'))))).toEqual(['TAE104']);
  });

  test('one that has other rights there needs one decision where the call is off', async () => {
    const off = eks + call(rows(row(`"${role('x')}"`)), 'manage_aws_auth_configmap = false');
    const accept = [{ principal: role('x'), code: 'TAE325', reason: 'a test' }] as const;
    const result = await run(off, configMap([{ arn: role('x'), groups: ['y'] }]), { config: { accept } });
    expect(ends(result)).toEqual([`source ${role('x')} converted TAE415`]);
  });

  test('what the ConfigMap grants a principal that is dropped is said', async () => {
    const live = configMap([{ arn: role('x'), groups: ['system:masters'] }]);
    const messages = async (source: string, given: string): Promise<readonly string[]> =>
      (await run(source, given, drop(role('x')))).diagnostics.map(({ message }) => message);
    const said = 'The live ConfigMap gives it the username "x" and the group system:masters: that ends when';
    expect(await messages(eks, live)).toEqual([expect.stringContaining(said)]);
    const off = eks + call(rows(row(`"${role('x')}"`)), 'manage_aws_auth_configmap = false');
    expect(await messages(off, live)).toEqual([expect.stringContaining(said)]);
    expect(await messages(off, configMap([]))).toEqual([`${role('x')} is dropped: a test.`]);
    const ignored = off.replace('"20.24.3"\n', '"20.24.3"\n  authentication_mode = "API"\n');
    expect((await messages(ignored, live)).join('\n')).not.toContain('The live ConfigMap gives');
  });

  test.each([
    ['manage_aws_auth_configmap = true', 'that ends with the next apply of module.aws_auth, which takes the row out.'],
    [
      'manage_aws_auth_configmap = var.on',
      'that ends with the next apply of module.aws_auth that manages the ConfigMap',
    ],
    ['manage_aws_auth_configmap = false', 'that ends when aws-auth is taken out of use.'],
  ])(
    'the row of one that is dropped and not in the source goes as soon as an apply writes the lists: %s',
    async (flag, when) => {
      const live = configMap([{ arn: role('x') }, { arn: role('y') }]);
      const { diagnostics } = await run(eks + call(rows(row(`"${role('y')}"`)), flag), live, drop(role('x')));
      expect(diagnostics.find(({ code }) => code === 'TAE416')?.message).toContain(when);
    },
  );

  test.each(['', '{}', 'kind: Secret\n', '{"kind": "ConfigMap", "metadata": {"name": "other"}}', '\u0000'])(
    '%j is no ConfigMap',
    async text => {
      const result = await run(eks, text);
      expect(codesOf(result)).toEqual(['TAE022']);
      expect(result.revisions).toEqual([]);
    },
  );

  test('3,000 rows are converted, and one more is one too many', async () => {
    expect((await run(eks, many(3000), { revisions: false })).report.counts.converted).toBe(3000);
    expect(codesOf(await run(eks, many(3001), { revisions: false }))).toEqual(['TAE213']);
  });
});

// EKS user guide, creating-access-entries: an entry of a node type takes a role of the cluster's account only.
describe('a node row beside a row of another account', () => {
  const node = {
    arn: role('nodes'),
    username: 'system:node:{{EC2PrivateDNSName}}',
    groups: ['system:bootstrappers', 'system:nodes'],
  };
  const live = configMap([node, { arn: role('ops', '444455556666') }]);
  const inSource = `{ rolearn = "${node.arn}", username = "${node.username}", groups = ${JSON.stringify(node.groups)} }`;

  test.each([
    ['the source has no rows', eks, `config-map ${node.arn} blocked TAE321`],
    [
      'the source has the node row, and the ConfigMap alone the other',
      eks + call(rows(inSource), 'create_aws_auth_configmap = true\n  manage_aws_auth_configmap = false'),
      `source ${node.arn} blocked TAE321`,
    ],
  ])("is blocked where %s, until the runner tells whose account is the cluster's", async (_name, source, blocked) => {
    expect(ends(await run(source, live))).toContain(blocked);
    const told = await run(source, live, { runner: role('terraform') });
    expect(ends(told).filter(line => line.includes('TAE321'))).toEqual([]);
  });
});

const blue = (mode: string): string => `
resource "aws_eks_cluster" "blue" {
  name     = "blue"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  access_config {
    authentication_mode = "${mode}"
  }
}
`;

// A ConfigMap does not say of which cluster it is: rows given to another one would let people in there.
describe('a cluster that is a resource, beside a call', () => {
  const live = configMap([{ arn: role('ops') }]);

  test('may have the ConfigMap, too', async () => {
    const { diagnostics, rows: found } = await run(eks + blue('CONFIG_MAP'), live);
    expect(diagnostics.map(({ code }) => code)).toEqual(['TAE120']);
    expect(diagnostics[0]?.message).toMatch(/module\.eks.*aws_eks_cluster\.blue/);
    expect(found).toEqual([]);
  });

  test.each([
    ['module.eks', 'module.eks'],
    ['aws_eks_cluster.blue', 'aws_eks_cluster.blue'],
  ])('is told apart by the config: %s', async (paired, cluster) => {
    const result = await run(eks + blue('CONFIG_MAP'), live, { config: { pair: { 'config-map': paired } } });
    expect(codesOf(result)).not.toContain('TAE120');
    expect(codesOf(result)).not.toContain('TAE104');
    const changes = result.report.phases.flatMap(phase => phase.changes).join('\n');
    expect(changes).toContain(`ConfigMap aws-auth of ${cluster}`);
  });

  test('has none that counts in mode API', async () => {
    expect(ends(await run(eks + blue('API'), live))).toEqual([`config-map ${role('ops')} converted`]);
  });
});
