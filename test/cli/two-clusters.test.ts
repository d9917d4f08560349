import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { rootModule } from './support/modules.ts';

// Each cluster has a list of entries of its own. Source: EKS API, ListAccessEntries and DescribeAccessEntry (clusterName).

const fixture = fileURLToPath(new URL('../fixtures/clusters/two-in-one-snapshot/', import.meta.url));
const main = readFileSync(`${fixture}input/main.tf`, 'utf8');
const withEntries = readFileSync(`${fixture}expected/add-access-entries/main.tf`, 'utf8');

const principal = (name: string): string => `arn:aws:iam::111122223333:${name}`;
const runner = principal('role/ci');
const clusterAdmin = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

type Live = readonly [cluster: string, name: string, right: string];

/** `admin`, or a group. */
const documents = ([clusterName, name, right]: Live): string => {
  const kubernetesGroups = right === 'admin' ? [] : [right];
  const policy = { policyArn: clusterAdmin, accessScope: { type: 'cluster', namespaces: [] } };
  const entry = {
    clusterName,
    principalArn: principal(name),
    type: 'STANDARD',
    username: name.split('/')[1],
    kubernetesGroups,
  };
  const associatedAccessPolicies = right === 'admin' ? [policy] : [];
  return [{ accessEntry: entry }, { clusterName, principalArn: principal(name), associatedAccessPolicies }]
    .map(document => JSON.stringify(document))
    .join('\n');
};

const live: readonly Live[] = [
  ['blue', 'role/ci', 'admin'],
  ['blue', 'role/ops', 'admin'],
  ['blue', 'role/viewers', 'viewers'],
  ['blue', 'user/alice', 'developers'],
  ['green', 'role/ci', 'admin'],
  ['green', 'role/ops', 'admin'],
  ['green', 'user/alice', 'auditors'],
];
const snapshot = (entries: readonly Live[] = live): string => entries.map(documents).join('\n');
const without = (...[cluster, name]: readonly [string, string]): string =>
  snapshot(live.filter(([of, who]) => of !== cluster || who !== name));

const gated = async (entries: string, text = withEntries) => {
  const directory = directoryWith({ 'main.tf': text, 'entries.json': entries });
  const flags = ['--write', '--phase', 'remove-aws-auth', '--existing', 'entries.json', '--runner', runner];
  const { status, stderr } = await runHere(directory, ['convert', '.', ...flags]);
  const problems = [...stderr.matchAll(/^error TAE109: Phase remove-aws-auth is not written in place: (.*)$/gm)];
  return { status, problems: problems.map(([, reason]) => reason), main: contentOf(directory)['main.tf'] };
};

describe('remove-aws-auth of two clusters', () => {
  test('is written with a snapshot of both', async () => {
    expect(await gated(snapshot())).toMatchObject({ status: 0, problems: [] });
  });

  test.each([
    [
      'a row',
      'role/ops',
      'there is no entry for arn:aws:iam::111122223333:role/ops (aws_auth_roles[0]) in the cluster ',
    ],
    ['the runner', 'role/ci', 'the runner arn:aws:iam::111122223333:role/ci has no live entry in the cluster '],
  ])('asks for the entry of %s in each', async (_what, name, reason) => {
    for (const cluster of ['blue', 'green']) {
      const { status, problems, main: left } = await gated(without(cluster, name));
      expect([status, problems, left]).toEqual([1, [`${reason}${cluster}.`], withEntries]);
    }
  });

  test('takes no entry of one for that of the other', async () => {
    const swapped = live.map(([cluster, name, right]): Live => [cluster === 'blue' ? 'green' : 'blue', name, right]);
    expect((await gated(snapshot(swapped))).problems).toEqual([
      'there is no entry for arn:aws:iam::111122223333:role/viewers (aws_auth_roles[1]) in the cluster blue.',
      'the live entry of arn:aws:iam::111122223333:user/alice lacks the group developers in the cluster blue.',
      'the live entry of arn:aws:iam::111122223333:user/alice lacks the group auditors in the cluster green.',
    ]);
  });

  test('is not proven by the snapshot of one', async () => {
    const { status, problems } = await gated(snapshot(live.filter(([cluster]) => cluster === 'blue')));
    expect([status, problems]).toEqual([
      1,
      ['the snapshot is of the cluster blue, and says nothing about module.green, the cluster green.'],
    ]);
  });
});

const one = (name: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = ${name}
  authentication_mode = "API_AND_CONFIG_MAP"
}
`;

const statusOf = async (name: string, config: object = {}) =>
  runHere(
    directoryWith({
      'main.tf': one(name),
      'entries.json': snapshot(),
      'tf-access-entries.config.json': JSON.stringify(config),
    }),
    ['status', '.', '--existing', 'entries.json'],
  );

test('the name of the only cluster tells which entries of a snapshot are of it', async () => {
  expect((await statusOf('"green"')).status).toBe(0);
  expect((await statusOf('"red"')).stderr).toContain('error TAE010');
  const unnamed = await statusOf('var.name');
  expect([unnamed.status, unnamed.stderr]).toEqual([2, expect.stringContaining('error TAE115')]);
  expect((await statusOf('var.name', { clusterName: 'blue' })).status).toBe(0);
});

// One name in the config would be that of one instance alone.
test('of a call with for_each a snapshot of several clusters is asked for one by one', async () => {
  const { status, stderr } = await statusOf('each.key\n  for_each     = toset(["blue", "green"])');
  expect([status, stderr]).toEqual([2, expect.stringContaining('give the entries of one of them alone')]);
  expect(stderr).not.toContain('into the config');
});

describe('a config that has another name for the only cluster than the source', () => {
  const config = '{ "clusterName": "blue" }';
  const files = { '.git/HEAD': 'ref: x', 'a/main.tf': rootModule().replace('"demo"', '"green"') };

  test('is refused beside the root module, with both names', async () => {
    const { status, stderr } = await runHere(directoryWith({ ...files, 'a/tf-access-entries.config.json': config }), [
      'status',
      'a',
    ]);
    expect(status).toBe(2);
    expect(stderr).toContain(
      'a/tf-access-entries.config.json:1:18: error TAE104: clusterName names blue, and the cluster of the module has the name green.',
    );
  });

  test('counts for nothing further up: entries of blue prove nothing of green', async () => {
    const ofBlue = snapshot(live.filter(([cluster]) => cluster === 'blue'));
    const directory = directoryWith({ ...files, 'tf-access-entries.config.json': config, 'entries.json': ofBlue });
    const foreign = await runHere(directory, ['status', 'a', '--existing', 'entries.json']);
    expect([foreign.status, foreign.stderr]).toEqual([3, expect.stringContaining('error TAE010')]);
    await runHere(directory, ['convert', 'a', '--out', 'staged']);
    const { 'staged/MIGRATION.md': runbook } = contentOf(directory);
    expect([runbook?.includes('--name green'), runbook?.includes('blue')]).toEqual([true, false]);
  });
});

// A config that was copied from another environment: the rows are in force in the cluster that the provider talks to.
test.each([
  ['a', 'a config beside the root module'],
  ['.', 'a config further up'],
])('a config may not name another cluster than the data source has of which the provider is (%s: %s)', async place => {
  const text = `data "aws_eks_cluster" "this" {
  name = "green"
}

provider "kubernetes" {
  host = data.aws_eks_cluster.this.endpoint
}

resource "kubernetes_config_map_v1_data" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = yamlencode([{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }])
  }
}
`;
  const run = (clusterName: string) =>
    runHere(
      directoryWith({
        '.git/HEAD': 'ref: x',
        'a/main.tf': text,
        [`${place}/tf-access-entries.config.json`]: JSON.stringify({ clusterName, emit: 'resources' }),
      }),
      ['status', 'a'],
    );
  const { status, stderr } = await run('blue');
  expect([status, stderr]).toEqual([
    2,
    expect.stringMatching(
      /config\.json:1:16: error TAE104: clusterName names blue, and .*data\.aws_eks_cluster\.this.* green/,
    ),
  ]);
  expect((await run('green')).status).toBe(0);
});

const configMap = (group: string): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: aws-auth
  namespace: kube-system
data:
  mapUsers: |
    - userarn: ${principal('user/alice')}
      username: alice
      groups: [${group}]
`;

test('a cluster that the config gives to the ConfigMap and that is not there is refused at its place', async () => {
  const pair = '{ "pair": { "config-map": "module.red" } }';
  const files = { 'a/main.tf': main, 'aws-auth.yaml': configMap('developers') };
  const refused = async (where: string) => {
    const directory = directoryWith({ '.git/HEAD': 'ref: x', ...files, [where]: pair });
    const { status, stderr } = await runHere(directory, ['status', 'a', '--aws-auth', 'aws-auth.yaml']);
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining(
        `${where}:1:27: error TAE104: pair names module.red, and nothing in the module matches it.`,
      ),
    ]);
  };
  await refused('a/tf-access-entries.config.json');
  await refused('tf-access-entries.config.json');
});

const compare = (group: string, ...more: readonly string[]) =>
  runHere(directoryWith({ 'aws-auth.yaml': configMap(group), 'entries.json': snapshot() }), [
    'verify-access',
    '--aws-auth',
    'aws-auth.yaml',
    '--existing',
    'entries.json',
    ...more,
  ]);

const removed = async (config: object, text: string, entries = snapshot()) => {
  const directory = directoryWith({
    'main.tf': text,
    'entries.json': entries,
    'aws-auth.yaml': configMap('developers'),
    'tf-access-entries.config.json': JSON.stringify(config),
  });
  const flags = ['--write', '--phase', 'remove-aws-auth', '--existing', 'entries.json', '--runner', runner];
  return runHere(directory, ['convert', '.', ...flags, '--aws-auth', 'aws-auth.yaml']);
};

describe('one ConfigMap', () => {
  test('is compared with the entries of its cluster, which verify-access is told', async () => {
    const blue = ['--cluster-name', 'blue'];
    expect((await compare('developers', ...blue)).status).toBe(0);
    expect((await compare('auditors', ...blue)).stderr).toContain('error TAE601');
    expect((await compare('auditors', '--cluster-name', 'green')).status).toBe(0);
  });

  test('without that name is not compared, nor with a name that no entry has', async () => {
    const unnamed = await compare('developers');
    expect([unnamed.status, unnamed.stderr]).toEqual([2, expect.stringContaining('--cluster-name')]);
    const other = await compare('developers', '--cluster-name', 'red');
    expect([other.status, other.stderr]).toEqual([3, expect.stringContaining('clusters blue and green, not of red')]);
  });

  test('is of the cluster that the config says, and proves nothing about the other', async () => {
    const pair = { pair: { 'config-map': 'module.blue' } };
    const unpaired = await removed({}, withEntries);
    expect([unpaired.status, unpaired.stderr]).toEqual([2, expect.stringContaining('error TAE120')]);
    expect((await removed(pair, withEntries)).status).toBe(0);
    // Of groups that the source does not tell, the ConfigMap of the other cluster proves nothing.
    const unknown = withEntries.replaceAll('groups = ["auditors"]', 'groups = var.groups');
    const unproven = await removed(pair, unknown);
    expect([unproven.status, unproven.stderr]).toEqual([
      1,
      expect.stringMatching(/TAE109: .*the groups of .*in the cluster green/),
    ]);
  });
});

test('status shows the entries that each cluster has', async () => {
  const directory = directoryWith({ 'main.tf': main, 'entries.json': readFileSync(`${fixture}snapshot.json`, 'utf8') });
  const { stdout } = await runHere(directory, ['status', '.', '--existing', 'entries.json', '--format', 'json']);
  const { rows } = JSON.parse(stdout) as { rows: { principal: string; codes?: string[]; cluster?: string }[] };
  const alice = rows.filter(row => row.principal === principal('user/alice'));
  expect(alice.map(({ codes = [] }) => codes.includes('TAE408'))).toEqual([true, false]);
});

test('add-access-entries with the snapshot of one does not say which entries of the other are live', async () => {
  const text = readFileSync(`${fixture}expected/enable-api/main.tf`, 'utf8');
  const write = async (entries: readonly Live[], ...more: readonly string[]) => {
    const directory = directoryWith({ 'main.tf': text, 'entries.json': snapshot(entries) });
    const flags = ['--write', '--phase', 'add-access-entries', '--existing', 'entries.json', ...more];
    const { status, stderr } = await runHere(directory, ['convert', '.', ...flags]);
    return {
      status,
      said: stderr.match(/error TAE109: .*/g) ?? [],
      isWritten: contentOf(directory)['main.tf'] !== text,
    };
  };
  const creators: readonly Live[] = [
    ['blue', 'role/creator', 'admin'],
    ['green', 'role/creator', 'admin'],
  ];
  expect(await write(creators)).toEqual({ status: 0, said: [], isWritten: true });
  expect(await write(creators.slice(0, 1))).toEqual({
    status: 1,
    said: [expect.stringMatching(/of the cluster blue, and says nothing about module\.green/)],
    isWritten: false,
  });
  expect(await write(creators.slice(0, 1), '--accept-unverified')).toMatchObject({ status: 0, isWritten: true });
});
