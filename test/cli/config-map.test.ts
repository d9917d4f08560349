import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { reportSchema } from '../../lib/report/schema.ts';
import { role, rolesMap, snapshot } from '../verifier/access/support/inputs.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { rootModule, runner } from './support/modules.ts';

const cluster = rootModule().slice(0, rootModule().indexOf('\nmodule "aws_auth"'));
const ops = { arn: role('ops'), username: 'ops', groups: ['operators'] };
const dev = { arn: role('dev'), username: 'dev', groups: ['developers'] };
const yaml = `apiVersion: v1
kind: ConfigMap
metadata:
  name: aws-auth
  namespace: kube-system
data:
  mapRoles: |
    - rolearn: ${ops.arn}
      username: ops
      groups: [operators]
    - rolearn: ${role('readers')}
      username: readers
      groups: ["system:nodes-readers"]
`;
const live = ['--aws-auth', 'aws-auth.yaml'];

test('status names the command with all that the root module was read with', async () => {
  const directory = directoryWith({ 'main.tf': cluster, 'aws-auth.yaml': yaml, 'a b.tfvars': '' });
  const flags = [...live, '--sso-region', 'eu-west-1', '--var-file', 'a b.tfvars'];
  const { stdout } = await runHere(directory, ['status', '.', ...flags]);
  expect(stdout).toContain(
    "Next: tf-access-entries convert . --aws-auth aws-auth.yaml --sso-region eu-west-1 --var-file 'a b.tfvars'\n",
  );
});

describe('a cluster whose mapping is not in Terraform', () => {
  test('has the rows of the ConfigMap, with frames into it', async () => {
    const directory = directoryWith({ 'main.tf': cluster, 'aws-auth.yaml': yaml });
    const { status, stdout, stderr } = await runHere(directory, ['status', '.', ...live]);
    expect(status).toBe(1);
    expect(stdout).toContain('2 rows: 1 converted, 0 left to EKS, 0 dropped, 1 blocked.');
    expect(stdout).toContain('Next: tf-access-entries convert . --aws-auth aws-auth.yaml\n');
    expect(stderr).toMatch(/^aws-auth\.yaml:11:5: error TAE314: .*\n {2}10 \| .*\n {2}11 \| {5}- rolearn: .*readers\n/);
  });

  test('is staged, and its report keeps to the contract', async () => {
    const directory = directoryWith({ 'infra/main.tf': cluster, 'aws-auth.yaml': yaml });
    const { stdout } = await runHere(directory, ['convert', 'infra', ...live, '--format', 'json']);
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.rows.map(({ list, index, from, file, line }) => [list, index, from, file, line])).toEqual([
      ['roles', 0, 'config-map', 'aws-auth.yaml', 8],
      ['roles', 1, 'config-map', 'aws-auth.yaml', 11],
    ]);
    const staged = join(directory, 'infra/access-entries-migration');
    expect(readFileSync(join(staged, '2-add-access-entries/main.tf'), 'utf8')).toContain(ops.arn);
    expect(readFileSync(join(staged, 'MIGRATION.md'), 'utf8')).toContain('the live ConfigMap in `aws-auth.yaml`');
  });

  test('is as before without the ConfigMap', async () => {
    const directory = directoryWith({ 'main.tf': cluster });
    const { status, stderr } = await runHere(directory, ['status', '.']);
    expect([status, stderr]).toEqual([0, expect.stringContaining('no aws-auth call for module.eks')]);
  });

  test('goes through its phases in place', async () => {
    const entries = snapshot(
      { arn: ops.arn, username: 'ops', groups: ['operators'] },
      { arn: runner, username: 'x', policies: ['ClusterAdmin'] },
    );
    const directory = directoryWith({ 'main.tf': cluster, 'live.json': rolesMap(ops), 'entries.json': entries });
    const write = (phase: string, ...more: readonly string[]) =>
      runHere(directory, ['convert', '.', '--write', '--phase', phase, '--aws-auth', 'live.json', ...more]);
    expect((await write('enable-api')).stderr).toContain(
      'Then phase 2 (add-access-entries): tf-access-entries convert .',
    );
    expect((await write('add-access-entries')).stderr).toContain(
      'Then phase 3 (remove-aws-auth), by hand: MIGRATION.md',
    );
    const byHand = await write('remove-aws-auth', '--existing', 'entries.json', '--runner', runner);
    expect([byHand.status, byHand.stderr]).toEqual([
      0,
      expect.stringContaining('phase remove-aws-auth is done by hand, as MIGRATION.md says'),
    ]);
    const last = await write('api-only', '--existing', 'entries.json', '--runner', runner);
    expect([last.status, last.stderr]).toEqual([0, expect.stringContaining('Written: main.tf.')]);
    expect(readFileSync(join(directory, 'main.tf'), 'utf8')).toContain('authentication_mode = "API"');
  });

  test('is not moved to API while somebody would lose access', async () => {
    const entries = snapshot({ arn: ops.arn, username: 'ops' }, { arn: runner, policies: ['ClusterAdmin'] });
    const directory = directoryWith({ 'main.tf': cluster, 'live.json': rolesMap(ops), 'entries.json': entries });
    const write = (phase: string, ...more: readonly string[]) =>
      runHere(directory, ['convert', '.', '--write', '--phase', phase, '--aws-auth', 'live.json', ...more]);
    await write('enable-api');
    await write('add-access-entries');
    const before = contentOf(directory);
    for (const proof of [['--runner', runner], ['--accept-unverified']]) {
      const { status, stderr } = await write('api-only', '--existing', 'entries.json', ...proof);
      expect([status, stderr]).toEqual([1, expect.stringContaining('error TAE601: ')]);
      expect(stderr).toContain(
        'loses the group operators: its entry counts in place of aws-auth, and does not grant it.',
      );
    }
    expect(contentOf(directory)).toEqual(before);
  });
});

const removing = async (all: Record<string, string>, ...more: readonly string[]) => {
  const directory = directoryWith(all);
  for (const phase of ['enable-api', 'add-access-entries'])
    await runHere(directory, ['convert', '.', '--write', '--phase', phase]);
  const before = readFileSync(join(directory, 'main.tf'), 'utf8');
  const result = await runHere(directory, ['convert', '.', '--write', '--phase', 'remove-aws-auth', ...more]);
  return { ...result, written: readFileSync(join(directory, 'main.tf'), 'utf8') !== before };
};

describe('remove-aws-auth of rows that only a plan knows', () => {
  const main = rootModule().replace(/aws_auth_roles = [^]*\]\n/, 'aws_auth_roles = var.roles\n');
  const files = (live_: string, entries: string, config = '{}'): Record<string, string> => ({
    'main.tf': `${main}\nvariable "roles" {\n  type = any\n}\n`,
    'aws-auth.yaml': live_,
    'entries.json': entries,
    'tf-access-entries.config.json': config,
  });
  const admin = { arn: runner, username: 'x', policies: ['ClusterAdmin'] };
  const entry = { arn: ops.arn, username: 'ops', groups: ['operators'] };
  const proof = ['--existing', 'entries.json', '--runner', runner];

  test('is not proven by the entries alone', async () => {
    const result = await removing(files(rolesMap(ops), snapshot(entry, admin)), ...proof);
    expect(result).toMatchObject({ status: 1, written: false, stderr: expect.stringContaining('unknown until plan') });
  });

  test('is proven where everybody in the ConfigMap keeps what they have', async () => {
    const result = await removing(files(rolesMap(ops), snapshot(entry, admin)), ...live, ...proof);
    expect(result).toMatchObject({ status: 0, written: true });
  });

  test('is refused while anybody loses access', async () => {
    const result = await removing(files(rolesMap(ops, dev), snapshot(entry, admin)), ...live, ...proof);
    expect(result).toMatchObject({ status: 1, written: false });
    expect(result.stderr).toContain(`TAE601: ${dev.arn} loses access`);
    expect(result.stderr).not.toContain(`TAE601: ${ops.arn}`);
  });

  test('is refused for a list that is not in force', async () => {
    const broken = rolesMap(ops).replace('"data":{', '"data":{"maproles":"[]",');
    const result = await removing(files(broken, snapshot(entry, admin)), ...live, ...proof);
    expect(result).toMatchObject({ status: 1, written: false });
    expect(result.stderr.match(/error TAE605/g)).toHaveLength(1);
  });

  test('takes the loss of a principal that the config drops for meant', async () => {
    const config = JSON.stringify({ drop: [{ principal: dev.arn, reason: 'left' }] });
    const all = files(rolesMap(ops, dev), snapshot(entry, admin), config);
    const directory = directoryWith(all);
    const step = (phase: string, ...more: readonly string[]) =>
      runHere(directory, ['convert', '.', '--write', '--phase', phase, ...live, ...more]);
    await step('enable-api');
    await step('add-access-entries');
    expect(await step('remove-aws-auth', ...proof)).toMatchObject({ status: 0 });
  });

  test('needs the runner all the same', async () => {
    const result = await removing(files(rolesMap(ops), snapshot(entry)), ...live, ...proof);
    expect(result).toMatchObject({
      status: 1,
      written: false,
      stderr: expect.stringMatching(/has no live entry\.\n  fix: Give the runner AmazonEKSClusterAdminPolicy/),
    });
  });
});

test.each([
  ['status . --aws-auth none.yaml', 'TAE001: none.yaml does not exist.'],
  ['status . --aws-auth main.tf', 'TAE022: main.tf cannot be read as the ConfigMap aws-auth'],
  ['convert . --aws-auth empty.yaml', 'TAE022: empty.yaml cannot be read as the ConfigMap aws-auth'],
])('%s cannot be read', async (line, message) => {
  const directory = directoryWith({ 'main.tf': cluster, 'empty.yaml': '' });
  const { status, stderr } = await runHere(directory, line.split(' '));
  expect([status, stderr]).toEqual([3, expect.stringContaining(message)]);
  expect(Object.keys(contentOf(directory))).toEqual(['empty.yaml', 'main.tf']);
});

test('the ConfigMap may come from stdin', async () => {
  const directory = directoryWith({ 'main.tf': cluster });
  const { status, stdout } = await runHere(directory, ['status', '.', '--aws-auth', '-'], { stdin: rolesMap(ops) });
  expect([status, stdout]).toEqual([0, expect.stringContaining('1 row: 1 converted')]);
});

test('the module may come from stdin', async () => {
  const directory = directoryWith({ 'aws-auth.yaml': rolesMap(ops) });
  const args = ['convert', '-', '--phase', 'add-access-entries', ...live];
  const { status, stdout } = await runHere(directory, args, { stdin: cluster });
  expect([status, stdout]).toEqual([0, expect.stringContaining(ops.arn)]);
});
