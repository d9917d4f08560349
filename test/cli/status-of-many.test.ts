import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { fleetReportSchema } from '../../lib/report/fleet/schema.ts';
import { reportSchema } from '../../lib/report/schema.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, blockedRow, rootModule } from './support/modules.ts';

const bucket = 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n';
const mode = '  authentication_mode = "API_AND_CONFIG_MAP"\n';
const listed = rootModule().replace(/aws_auth_roles = \[.*?\n {2}\]/s, 'aws_auth_roles = var.map_roles');
const blue = rootModule()
  .replace(/"(eks|aws_auth)"/g, '"blue_$1"')
  .replace('demo', 'blue');
const pair = { pair: { 'module.aws_auth': 'module.eks', 'module.blue_aws_auth': 'module.blue_eks' } };

const files = {
  'live/a/main.tf': rootModule(),
  'live/b/main.tf': rootModule(adminRow + blockedRow, mode),
  'live/bucket/main.tf': bucket,
  'live/broken/main.tf': 'module "eks" {\n  source = "terraform-aws-modules/eks/aws"\n',
  'live/list/main.tf': listed,
  'live/two/main.tf': rootModule() + blue,
  'live/two/tf-access-entries.config.json': JSON.stringify(pair),
};

const status = (directory: string, ...args: string[]) => runHere(directory, ['status', ...args]);

const reportOf = async (directory: string, ...args: string[]) => {
  const { status: exit, stdout, stderr } = await status(directory, ...args, '--format', 'json');
  return { exit, stderr, report: fleetReportSchema.parse(JSON.parse(stdout)) };
};

describe('one line per cluster, then the summary, then what did not work', () => {
  test('of a tree', async () => {
    const directory = directoryWith(files);
    const before = contentOf(directory);
    const { status: exit, stdout, stderr } = await status(directory, 'live');
    expect([exit, stderr]).toEqual([3, '']);
    expect(stdout).toBe(`\
  root module                 release  mode                rows          phase         next
  live/a                      20.24.3                      1             not started   1 enable-api
  live/b                      20.24.3  API_AND_CONFIG_MAP  2, 1 blocked  1 enable-api  2 add-access-entries
  live/broken                                                                          cannot be read: TAE005
  live/list                   20.24.3                      1 list        not started   1 enable-api
  live/two (module.eks)       20.24.3                      1             not started   1 enable-api
  live/two (module.blue_eks)  20.24.3                      1             not started   1 enable-api

5 clusters in 6 root modules: 5 ready for the next phase. 1 root module cannot be read.
5 rows: 4 converted, 0 left to EKS, 0 dropped, 1 blocked; 1 list whose rows are unknown until plan.
Not listed: 1 root module without a cluster.
The source does not tell what is applied.

Phase 1 is next in 3 root modules: tf-access-entries convert <paths> --write --phase enable-api
Phase 2 is next in 1 root module: tf-access-entries convert <paths> --write --phase add-access-entries
Each phase is applied before the next one is written.

What blocks, and what to do: tf-access-entries status live/b
live/broken/main.tf: TAE005: Not valid HCL: Unclosed configuration block. There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.
`);
    expect(contentOf(directory)).toEqual(before);
  });

  test('of roots that are named', async () => {
    const { status: exit, stdout } = await status(directoryWith(files), 'live/a', 'live/list');
    expect(exit).toBe(0);
    expect(stdout).not.toContain('live/two');
  });
});

test.each([
  ['a root module', ['live/a']],
  ['one of its files', ['live/a/main.tf']],
  ['the same one twice', ['live/a', 'live/a/main.tf']],
])('%s has the report of one', async (_what, paths) => {
  const { stdout } = await status(directoryWith({ ...files, 'live/a/modules/x/main.tf': rootModule() }), ...paths);
  expect(stdout).toContain('live/a: migration not started.');
  const json = await status(directoryWith(files), ...paths, '--format', 'json');
  expect(reportSchema.parse(JSON.parse(json.stdout)).clusters).toHaveLength(1);
});

test('every root module with something blocked is named, in its last lines', async () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const blocked = Object.fromEntries(names.map(name => [`live/${name}/main.tf`, rootModule(adminRow + blockedRow)]));
  const { stdout } = await status(directoryWith(blocked), 'live');
  expect(stdout).toContain(
    'What blocks, and what to do: tf-access-entries status live/a\nBlocked as well: live/b, live/c, live/d and 1 more\n',
  );
});

test('the format does not hang on how many root modules a tree has', async () => {
  const { exit, report } = await reportOf(directoryWith({ 'live/a/main.tf': rootModule() }), 'live');
  expect([exit, report.modules.map(({ module }) => module)]).toEqual([0, ['live/a']]);
});

test('a directory without root modules is what it was', async () => {
  const directory = directoryWith({ 'docs/README.md': '#\n' });
  const none = await status(directory, 'docs');
  expect([none.status, none.stderr]).toEqual([3, expect.stringContaining('TAE008')]);
  const gone = await status(directory, 'nowhere');
  expect([gone.status, gone.stderr]).toEqual([3, expect.stringContaining('TAE001')]);
});

describe('json', () => {
  test('has every root module, and the counts add up', async () => {
    const { exit, stderr, report } = await reportOf(directoryWith(files), 'live');
    expect([exit, stderr]).toEqual([3, '']);
    expect(report.counts).toEqual({
      modules: 6,
      withoutCluster: 1,
      elsewhere: 0,
      unreadable: 1,
      clusters: 5,
      done: 0,
      ready: 5,
      blocked: 0,
      byHand: 0,
      rows: { rows: 5, converted: 4, leftToEks: 0, dropped: 0, blocked: 1 },
      lists: 1,
    });
    expect(report.modules.map(({ module, kind, next }) => [module, kind, next?.phase])).toEqual([
      ['live/a', 'cluster', 'enable-api'],
      ['live/b', 'cluster', 'add-access-entries'],
      ['live/broken', 'unreadable', undefined],
      ['live/bucket', 'without-cluster', undefined],
      ['live/list', 'cluster', 'enable-api'],
      ['live/two', 'cluster', 'enable-api'],
    ]);
    expect(report.modules.at(-1)?.clusters.map(({ address, file }) => [address, file])).toEqual([
      ['module.eks', 'live/two/main.tf'],
      ['module.blue_eks', 'live/two/main.tf'],
    ]);
  });

  test('has the findings with the root module and the file as they are called from here', async () => {
    const { report } = await reportOf(directoryWith(files), 'live');
    const blocked = report.diagnostics.find(({ code }) => code === 'TAE314');
    expect(blocked).toMatchObject({ module: 'live/b', file: 'live/b/main.tf', line: 24 });
  });
});

test('a root module whose cluster is in a module outside of the tree says so', async () => {
  const rows = '[{ rolearn = "arn:aws:iam::111122223333:role/ci", username = "ci", groups = ["ci"] }]';
  const directory = directoryWith({
    'live/a/main.tf': `module "platform" {\n  source    = "../../modules/eks"\n  map_roles = ${rows}\n}\n# aws-auth\n`,
    'live/b/main.tf': rootModule(),
    'modules/eks/main.tf': `${listed}variable "map_roles" {\n  default = []\n}\n`,
  });
  const live = join(directory, 'live');
  const { status: exit, stdout } = await status(live, '.');
  expect(exit).toBe(3);
  expect(stdout).toMatch(/^ {2}a +cluster elsewhere: TAE030$/m);
  expect(stdout).toContain(
    '1 cluster in 2 root modules: 1 ready for the next phase. 1 root module with the cluster elsewhere.\n',
  );
  expect(stdout.split('\n').at(-2)).toMatch(
    /^a\/main\.tf: TAE030: .* hands map_roles to the module \.\.\/\.\.\/modules\/eks\.$/,
  );
  const { report } = await reportOf(live, '.');
  expect(report.modules.map(({ kind }) => kind)).toEqual(['elsewhere', 'cluster']);
});

test('a tree is walked as check walks it', async () => {
  const directory = directoryWith({
    'live/a/main.tf': rootModule(),
    'live/.terraform/modules/eks/main.tf': rootModule(),
    'live/node_modules/x/main.tf': rootModule(),
  });
  symlinkSync('a', join(directory, 'live/link'));
  expect((await runHere(directory, ['convert', 'live/a', '--out', 'live/staged'])).status).toBe(0);
  const { report } = await reportOf(directory, 'live');
  expect(report.modules.map(({ module }) => module)).toEqual(['live/a']);
});

test('the exit status is the worst of them', async () => {
  const directory = directoryWith(files);
  expect((await status(directory, 'live/a', 'live/list')).status).toBe(0);
  expect((await status(directory, 'live/a', 'live/b')).status).toBe(1);
  expect((await status(directory, 'live/b', 'live/broken')).status).toBe(3);
  expect((await status(directory, 'live/b', 'nowhere')).status).toBe(3);
});

test('a config beside a root module is read; one that does not fit is a line of its own', async () => {
  const directory = directoryWith({ ...files, 'live/a/tf-access-entries.config.json': '{"x": 1}' });
  const { status: exit, stdout } = await status(directory, 'live/a', 'live/list');
  expect(exit).toBe(2);
  expect(stdout).toMatch(/^ {2}live\/a +cannot be read: TAE102$/m);
});

test.each(['sarif', 'github', 'markdown', 'html'])('%s', async format => {
  const { status: exit, stdout, stderr } = await status(directoryWith(files), 'live', '--format', format);
  expect([exit, stderr]).toEqual([3, '']);
  expect(stdout).toContain(format === 'sarif' || format === 'github' ? 'TAE314' : 'live/two (module.blue_eks)');
  expect(stdout).toContain('live/broken');
});

describe.each([[['live']], [['live/a', 'live/b']]])('%s: flags of one root module are refused', paths => {
  test.each([
    ['--aws-auth', 'is the ConfigMap of one cluster: give one root module.'],
    ['--existing', 'is the snapshot of one root module: give one.'],
    ['--config', 'fits one root module, since what it names must be there'],
    ['--var-file', 'has the values of one root module: give one.'],
  ])('%s', async (flag, reason) => {
    const { status: exit, stdout, stderr } = await status(directoryWith(files), ...paths, flag, 'x');
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`TAE101: ${flag} ${reason}`);
  });
});

test('stdin is a root module of its own', async () => {
  const { status: exit, stderr } = await runHere(directoryWith(files), ['status', '-', 'live/a'], { stdin: '' });
  expect([exit, stderr]).toEqual([2, expect.stringContaining('stdin (-) is a root module of its own')]);
});

test('a source for several environments has a line for each, by the files that a pattern names in its directory', async () => {
  const row = 'access_entries_phase = ';
  const directory = directoryWith({
    'live/a/main.tf': rootModule(),
    'live/a/envs/dev.tfvars': `${row}2\n`,
    'live/a/envs/prod.tfvars': 'region = "eu-west-1"\n',
    'live/b/main.tf': rootModule(),
    'live/c/main.tf': rootModule(),
    'live/c/envs/dev.tfvars': `${row}4\n`,
  });
  for (const name of ['a', 'c'])
    await runHere(directory, ['convert', `live/${name}`, '--write', '--phase', 'per-environment']);
  const { stdout } = await status(directory, 'live', '--environments', 'envs/*.tfvars');
  expect(stdout.split('\n').slice(0, 5).join('\n')).toBe(`\
  root module    release  mode                rows  phase                 next
  live/a (dev)   20.24.3  API_AND_CONFIG_MAP  1     2 add-access-entries  access_entries_phase = 3 in live/a/envs/dev.tfvars
  live/a (prod)  20.24.3                      1     0                     access_entries_phase = 1 in live/a/envs/prod.tfvars
  live/b         20.24.3                      1     not started           1 enable-api
  live/c (dev)   20.24.3  API                 1     4 api-only            5 clean-up`);
  const { report } = await reportOf(directory, 'live', '--environments', 'envs');
  expect(report.modules.map(({ clusters: [cluster] }) => cluster?.environments?.map(({ phase }) => phase))).toEqual([
    [2, 0],
    undefined,
    [4],
  ]);
});

test('a pattern of environments that no root module has is an error, and none that some have', async () => {
  const directory = directoryWith({ 'a/main.tf': rootModule(), 'b/main.tf': rootModule(), 'b/envs/dev.tfvars': '' });
  for (const paths of [['.'], ['a', 'b']]) {
    const none = await runHere(directory, ['status', ...paths, '--environments', 'values/*.tfvars']);
    expect([none.status, none.stdout, none.stderr]).toEqual([3, '', expect.stringContaining('error TAE001')]);
    const some = await runHere(directory, ['status', ...paths, '--environments', 'envs/*.tfvars']);
    expect([some.status, some.stderr]).toEqual([0, '']);
  }
});

test('what comes next reads a root module with the same flags, and with the files of values that are its own', async () => {
  const directory = directoryWith({
    'live/a/main.tf': rootModule(adminRow + blockedRow),
    'live/a/envs/dev.tfvars': 'region = "eu-west-1"\n',
    'live/b/main.tf': rootModule(),
  });
  const flags = ['--sso-region', 'eu-west-1', '--emit', 'resources'];
  const { stdout } = await status(directory, 'live', ...flags, '--environments', 'envs/*.tfvars');
  const again = flags.join(' ');
  const ofA = again.replace(' --emit', ' --environments live/a/envs/dev.tfvars --emit');
  expect(stdout).toContain(`convert <paths> --write --phase enable-api ${again}\n`);
  expect(stdout).toContain(`What blocks, and what to do: tf-access-entries status live/a ${ofA}\n`);
  const page = await status(directory, 'live', ...flags, '--environments', 'envs/*.tfvars', '--format', 'html');
  expect(page.stdout).toContain(`<code>tf-access-entries status live/a --format html ${ofA}</code>`);
  expect(page.stdout).toContain(`<code>tf-access-entries status live/b --format html ${again}</code>`);
});

test('a script is staged for each root module: it changes none in place', async () => {
  const { stdout } = await status(directoryWith(files), 'live', '--emit', 'aws-cli');
  expect(stdout).toContain('Phase 1 is next in 4 root modules: tf-access-entries convert <path> --emit aws-cli\n');
});
