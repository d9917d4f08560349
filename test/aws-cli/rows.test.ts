import { describe, expect, test } from '@jest/globals';
import type { ConvertResult } from '../../lib/convert.ts';
import type { Snapshot } from '../../lib/parser/index.ts';
import { awsAuth, convertLive, convertSource, dataOf, eks, role, row, scriptOf } from './support/scripts.ts';

// Which rows the script has commands for, which it names as not covered, and which phases it has.

const ends = ({ rows }: ConvertResult): readonly string[] =>
  rows.map(({ disposition, codes }) => [disposition, ...codes].join(' '));

const statuses = ({ report }: ConvertResult): readonly string[] =>
  report.phases.map(({ id, status, blockedBy }) => [id, status, ...blockedBy].join(' '));

/** The lines of the script that begin so, without what stands before. */
const lines = (script: string, start: string): readonly string[] =>
  script
    .split('\n')
    .map(line => line.trim())
    .filter(line => line.startsWith(start));

const counted = (text: string): string => text.replace('  version', '  count = var.on ? 1 : 0\n  version');

const clusterNamed = (name: string): string => eks.replace('"eks"', `"${name}"`).replace('"demo"', `"${name}"`);
const callFor = (name: string): string =>
  awsAuth(`[${row(`"${role(name)}"`)}]`, `\n  depends_on = [module.${name}]`).replace(
    '"aws_auth"',
    `"aws_auth_${name}"`,
  );

const known = row(`"${role('known')}"`);
const written = `entry '${role('known')}' '["STANDARD","x",["x"]]' --type=STANDARD --username='x' --kubernetes-groups='["x"]'`;

describe('a row that the source does not tell whole', () => {
  test.each([
    [
      'a principal that is an expression',
      row('aws_iam_role.ci.arn'),
      'the source does not tell the ARN of the principal',
    ],
    ['a principal with a default value', row('var.arn'), 'the source does not tell the ARN of the principal'],
    [
      'a username that is an expression',
      row(`"${role('a')}"`, '"u-${var.name}"'),
      'the source does not tell the username',
    ],
    [
      'groups that are expressions',
      row(`"${role('a')}"`, '"x"', '["g-${var.name}"]'),
      'the source does not tell the groups',
    ],
    [
      'groups under a condition',
      row(`"${role('a')}"`, '"x"', 'var.on ? ["a"] : ["b"]'),
      'the source does not tell the groups',
    ],
    [
      'a role of Identity Center without its path',
      row('"arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0a1b2c3d4e5f6071"'),
      'which --sso-region tells',
    ],
  ])('%s is named and not covered', async (_name, own, words) => {
    const result = await convertSource(eks + awsAuth(`[${known}, ${own}]`) + variables);
    expect(ends(result)).toEqual(['converted', 'blocked TAE328']);
    const script = scriptOf(result);
    expect(lines(script, 'entry ')).toEqual([written]);
    expect(lines(script, '#   aws_auth_roles[1] of main.tf, ')).toEqual([expect.stringContaining(words)]);
    expect(script).toContain('# Not covered: nothing in this script gives these an entry:');
    const [said] = result.diagnostics.filter(({ code }) => code === 'TAE328');
    expect(said).toMatchObject({ severity: 'error', range: { file: 'main.tf' } });
    expect(statuses(result)).toEqual([
      'enable-api ready',
      'add-access-entries ready',
      'remove-aws-auth blocked TAE328',
      'api-only blocked TAE328',
    ]);
  });

  test('a row under a condition is not covered', async () => {
    const result = await convertSource(
      eks + awsAuth(`concat([${known}], var.on ? [${row(`"${role('a')}"`)}] : [])`) + variables,
    );
    expect(ends(result)).toEqual(['converted', 'blocked TAE328']);
    expect(lines(scriptOf(result), '#   aws_auth_roles[1] of main.tf, ')).toEqual([
      expect.stringContaining('whether var.on holds'),
    ]);
    const [said] = result.diagnostics.filter(({ code }) => code === 'TAE328');
    expect(said?.hint).toBe(
      'Write the row without the condition where it holds here, or make its entry by hand and give the live entries with --existing.',
    );
  });

  // A row that is dropped by its ARN counts as one that needs no entry, so the script would not look whether it has one.
  test.each([
    ['an ARN that is written out', row(`"${role('a')}"`, '"u-${var.name}"'), 'give the live entries with --existing'],
    ['an ARN that is an expression', row('aws_iam_role.ci.arn'), 'drop the row in the config'],
    [
      'a role of Identity Center',
      row('"arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0a1b2c3d4e5f6071"'),
      'give the live entries with --existing',
    ],
  ])('who made the entry by hand of %s is told how to say so', async (_name, own, words) => {
    const { diagnostics } = await convertSource(eks + awsAuth(`[${known}, ${own}]`) + variables);
    const [said] = diagnostics.filter(({ code }) => code === 'TAE328');
    expect(said?.hint).toMatch(`or make its entry by hand and ${words}.`);
  });

  test('the condition of the cluster itself is none', async () => {
    const result = await convertSource(counted(eks) + counted(awsAuth(`[${known}]`)) + variables);
    expect(ends(result)).toEqual(['converted']);
  });

  test('a list that only a plan knows is not covered, whatever a file of values says', async () => {
    const result = await convertSource(eks + awsAuth(`concat([${known}], var.rows)`) + variables, {
      variableFiles: new Map([['a.tfvars', `rows = [${row(`"${role('of-a-file')}"`)}]\n`]]),
    });
    expect(ends(result)).toEqual(['converted']);
    expect(result.diagnostics).toEqual([
      expect.objectContaining({
        code: 'TAE329',
        severity: 'error',
        range: expect.objectContaining({ file: 'main.tf' }),
      }),
    ]);
    const script = scriptOf(result);
    expect(lines(script, 'entry ')).toEqual([written]);
    expect(script).not.toContain('of-a-file');
    expect(lines(script, '#   aws_auth_roles: the rows of ')).toHaveLength(1);
    expect(statuses(result)).toContain('remove-aws-auth blocked TAE329');
  });

  test('an ARN of a file of values does not count as known', async () => {
    const result = await convertSource(eks + awsAuth(`[${row('var.arn')}]`) + variables, {
      variableFiles: new Map([['a.tfvars', `arn = "${role('of-a-file')}"\n`]]),
    });
    expect(ends(result)).toEqual(['blocked TAE328']);
    expect(scriptOf(result)).not.toContain('of-a-file');
  });

  test('the config tells its ARN', async () => {
    const arn = 'arn:aws:iam::111122223333:role/ops/ci';
    const result = await convertSource(eks + awsAuth(`[${row('aws_iam_role.ci.arn')}]`) + variables, {
      config: { principals: { 'aws_iam_role.ci.arn': { arn } } },
    });
    expect(ends(result)).toEqual(['converted']);
    expect(lines(scriptOf(result), 'entry ')).toEqual([written.replace(role('known'), arn)]);
  });
});

const variables = `
variable "arn" {
  type    = string
  default = "arn:aws:iam::111122223333:role/default"
}

variable "name" {
  type = string
}

variable "on" {
  type = bool
}

variable "rows" {
  type = any
}

resource "aws_iam_role" "ci" {
  name               = "ci"
  assume_role_policy = "{}"
}
`;

test('a local is known, and a path that an expression takes off is back', async () => {
  const locals = `locals {\n  whole = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0a1b2c3d4e5f6071"\n}\n`;
  const stripped = row(
    'replace(local.whole, "aws-reserved/sso.amazonaws.com/eu-west-1/", "")',
    '"x"',
    '["system:masters"]',
  );
  const result = await convertSource(eks + awsAuth(`[${stripped}]`) + locals);
  expect(ends(result)).toEqual([expect.stringMatching(/^converted/)]);
  expect(lines(scriptOf(result), 'entry ')).toEqual([
    `entry 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0a1b2c3d4e5f6071' '["STANDARD","x",[]]' --type=STANDARD --username='x'`,
  ]);
});

test('a row that no entry can stand for stops phases 3 and 4, and the script has no more than the others', async () => {
  const result = await convertLive({
    ...dataOf([{ arn: role('known'), groups: ['x'] }]),
    mapAccounts: '- "444455556666"\n',
  });
  const script = scriptOf(result);
  expect(statuses(result)).toEqual([
    'enable-api ready',
    'add-access-entries ready',
    'remove-aws-auth blocked TAE317',
    'api-only blocked TAE317',
  ]);
  expect(lines(script, 'remove-aws-auth)')).toEqual([
    "remove-aws-auth) fail 'remove-aws-auth is not in this script: settle TAE317 and let tf-access-entries write it again' ;;",
  ]);
  expect(script).not.toContain('kubectl get');
  expect(script).not.toContain('patch configmap');
});

// As in a module: with nothing to write, phase 2 says what keeps it from that.
test('where nothing else gets an entry, phase 2 is stopped as well', async () => {
  const result = await convertSource(eks + awsAuth(`[${row('aws_iam_role.ci.arn')}]`) + variables);
  expect(statuses(result)).toEqual([
    'enable-api ready',
    'add-access-entries blocked TAE328',
    'remove-aws-auth blocked TAE328',
    'api-only blocked TAE328',
  ]);
  expect(lines(scriptOf(result), 'add-access-entries)')).toEqual([
    "add-access-entries) fail 'add-access-entries is not in this script: settle TAE328 and let tf-access-entries write it again' ;;",
  ]);
});

test('what stops phase 1 leaves no script', async () => {
  const one = awsAuth(`[${known}]`);
  const { scripts, blockedFrom } = await convertSource(
    eks + one.replace('"aws_auth"', '"a"').replace('  version', '  for_each = toset(["x"])\n  version'),
  );
  expect([blockedFrom, scripts.size]).toEqual(['enable-api', 0]);
});

test('rows that EKS or the config settles have no command', async () => {
  const node = role('default-eks-node-group-20240311093012345600000002');
  const group = eks.replace(/\}\n$/, '\n  eks_managed_node_groups = {\n    default = {}\n  }\n}\n');
  const rows = `[${known}, ${row(`"${role('gone')}"`)}, ${row(`"${node}"`, '"system:node:{{EC2PrivateDNSName}}"', '["system:bootstrappers", "system:nodes"]')}]`;
  const result = await convertSource(group + awsAuth(rows), {
    config: { drop: [{ principal: role('gone'), reason: 'left the company\n$(id)' }] },
  });
  expect(ends(result)).toEqual(['converted', 'dropped TAE416', 'left-to-eks TAE406']);
  const script = scriptOf(result);
  expect(lines(script, 'entry ')).toEqual([written]);
  expect(lines(script, 'left ')).toEqual([`left '${node}' 'EKS makes the entry of a managed node group'`]);
  expect(lines(script, "say 'arn")).toEqual([`say '${role('gone')}'`]);
  expect(lines(script, '#   aws_auth_roles[1] of main.tf')).toEqual([
    expect.stringContaining('left the company $(id)'),
  ]);
});

test('of several rows of one principal the one in force has a command, and no other', async () => {
  const result = await convertLive(
    dataOf([
      { arn: role('a'), username: 'first' },
      { arn: role('A'), username: 'second' },
    ]),
  );
  expect(lines(scriptOf(result), 'entry ')).toEqual([
    `entry '${role('A')}' '["STANDARD","second",[]]' --type=STANDARD --username='second'`,
  ]);
  expect(lines(scriptOf(result), "say 'arn")).toEqual([]);
});

test('without a username the entry is to have the one that EKS gives', async () => {
  const map = {
    mapUsers: JSON.stringify([{ userarn: 'arn:aws-cn:iam::111122223333:user/a/b', groups: ['system:masters'] }]),
  };
  expect(lines(scriptOf(await convertLive(map)), 'entry ')).toEqual([
    `entry 'arn:aws-cn:iam::111122223333:user/a/b' '["STANDARD","arn:aws-cn:iam::111122223333:user/a/b",[]]' --type=STANDARD`,
  ]);
  expect(lines(scriptOf(await convertLive(map)), 'policy ')).toEqual([
    `policy 'arn:aws-cn:iam::111122223333:user/a/b' 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy' '["arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy","cluster",[]]' --access-scope='{"type":"cluster"}'`,
  ]);
});

describe('the cluster', () => {
  test('of another root module, which the config names', async () => {
    const result = await convertSource(awsAuth(`[${known}]`), { config: { clusterName: 'platform' } });
    expect(scriptOf(result)).toContain("known_cluster='platform'");
    expect(scriptOf(result)).toContain("writer='module.aws_auth in main.tf writes the ConfigMap: turn that off there");
  });

  test('whose name the source does not tell', async () => {
    const script = scriptOf(await convertSource(eks.replace('"demo"', 'var.name') + awsAuth(`[${known}]`) + variables));
    expect(script).toContain("known_cluster=''");
    expect(script).toContain('the cluster, whose name the source does not tell');
  });

  test('whose mode is an expression, or whose release is too old for an edit', async () => {
    const more = eks.replace('20.24.3', '20.5.0').replace(/\}\n$/, '  authentication_mode = var.name\n}\n');
    expect(
      statuses(await convertSource(more + awsAuth(`[${known}]`) + variables)).every(text => text.endsWith(' ready')),
    ).toBe(true);
  });

  test('two have a script each', async () => {
    const { scripts } = await convertSource(
      clusterNamed('blue') + clusterNamed('green') + callFor('blue') + callFor('green'),
    );
    expect(
      [...scripts].map(([file, text]) => [
        file,
        ...lines(text, 'known_cluster='),
        ...lines(text, 'entry ').map(line => line.split("'")[1]),
      ]),
    ).toEqual([
      ['access-entries-blue.sh', "known_cluster='blue'", role('blue')],
      ['access-entries-green.sh', "known_cluster='green'", role('green')],
    ]);
  });

  test('of two neither copy of aws-auth takes the name of the other, and each goes back where it is from', async () => {
    const { scripts, runbook } = await convertSource(
      clusterNamed('blue') + clusterNamed('green') + callFor('blue') + callFor('green'),
    );
    expect([...scripts.values()].flatMap(text => lines(text, 'copy='))).toEqual([
      "copy='aws-auth-backup-blue.yaml'",
      "copy='aws-auth-backup-green.yaml'",
    ]);
    for (const name of ['blue', 'green'])
      expect(runbook).toContain(`kubectl --context ${name} apply -f aws-auth-backup-${name}.yaml`);
    expect(runbook).not.toContain('aws-auth-backup.yaml');
  });

  test('without rows that are known there is nothing to do', async () => {
    const { scripts, diagnostics } = await convertSource(eks);
    expect([scripts.size, ...diagnostics.map(({ code }) => code)]).toEqual([0, 'TAE012']);
  });

  test('made by hand, without its name', async () => {
    const { diagnostics } = await convertLive(dataOf([]), { config: {} });
    const message = expect.stringContaining('the name (clusterName in the config) is missing');
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'TAE028', message })]);
  });

  test.each([
    ['made by hand', '', { clusterName: 'demo' }],
    // The page of TAE028: a single aws_eks_cluster stands for the name.
    ['a resource', 'resource "aws_eks_cluster" "this" {\n  name = "demo"\n}\n', {}],
  ])('%s, without its ConfigMap', async (_how, text, config) => {
    const { diagnostics } = await convertSource(text, { config });
    const message = expect.stringContaining('the ConfigMap (--aws-auth) is missing');
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'TAE028', message })]);
  });
});

const snapshot = (name: string): Snapshot => ({
  file: 'entries.json',
  entries: [
    { clusterName: name, principalArn: role('known'), type: 'STANDARD', username: 'x', groups: ['x'], policies: [] },
  ],
});

describe('with a snapshot of the live entries', () => {
  test('a row with an entry that was made by hand is covered, and the script looks for the entry in the cluster', async () => {
    const own = row(`"${role('known')}"`, '"u-${var.name}"');
    const result = await convertSource(eks + awsAuth(`[${own}]`) + variables, { snapshot: snapshot('demo') });
    expect(ends(result)).toEqual(['converted TAE408']);
    expect(statuses(result)).toContain('remove-aws-auth ready');
    expect(lines(scriptOf(result), "say 'arn")).toEqual([]);
  });

  test('a principal that has an entry has no command', async () => {
    const data = dataOf([{ arn: role('known'), groups: ['x'] }, { arn: role('new') }]);
    const result = await convertLive(data, { snapshot: snapshot('demo') });
    expect(ends(result)).toEqual(['converted TAE408', 'converted']);
    expect(lines(scriptOf(result), 'entry ').map(line => line.split("'")[1])).toEqual([role('new')]);
    expect(lines(scriptOf(result), '# With an entry already')).toHaveLength(1);
  });

  test('of another cluster nothing is written', async () => {
    const { diagnostics } = await convertLive(dataOf([]), { snapshot: snapshot('other') });
    expect(diagnostics.map(({ code }) => code)).toEqual(['TAE010']);
  });
});

test('an empty ConfigMap has a script whose phases have nothing to add', async () => {
  const script = scriptOf(await convertLive({}));
  expect(lines(script, 'entry ')).toEqual([]);
  expect(script).toContain('0 rows');
});
