import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { reportSchema } from '../../lib/report/schema.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { rootModule } from './support/modules.ts';

const yaml = `apiVersion: v1
kind: ConfigMap
metadata:
  name: aws-auth
  namespace: kube-system
data:
  mapRoles: |
    - rolearn: arn:aws:iam::111122223333:role/admin
      username: admin
      groups: ["system:masters"]
`;
const config = { 'tf-access-entries.config.json': '{ "clusterName": "demo" }' };
const byHand = ['convert', '.', '--emit', 'aws-cli', '--aws-auth', 'aws-auth.yaml'];

const staged = (directory: string): readonly string[] =>
  Object.keys(contentOf(join(directory, 'access-entries-migration')));

const files = [
  '.gitignore',
  'MIGRATION.md',
  'access-entries.sh',
  'gates.sh',
  'manifest.json',
  'report.html',
  'report.json',
];

test('a cluster without any Terraform gets a script, a runbook and a report', async () => {
  const directory = directoryWith({ ...config, 'aws-auth.yaml': yaml });
  const { status, stderr } = await runHere(directory, byHand);
  expect(status).toBe(0);
  expect(stderr).toContain(
    'Written to access-entries-migration: access-entries.sh, MIGRATION.md, gates.sh, report.html, report.json.\n',
  );
  expect(stderr).toContain('bash access-entries-migration/access-entries.sh --help.\n');
  expect(staged(directory)).toEqual(files);
  const read = (name: string): string => readFileSync(join(directory, 'access-entries-migration', name), 'utf8');
  expect(read('access-entries.sh')).toMatch(/^#!\/usr\/bin\/env bash\n/);
  expect(read('MIGRATION.md')).toContain('Written by tf-access-entries from the live ConfigMap in `aws-auth.yaml`.');
  const report = reportSchema.parse(JSON.parse(read('report.json')));
  expect(report.rows.map(({ form, key }) => [form, key])).toEqual([['command', undefined]]);
  expect(report.phases.map(({ id, status: word }) => [id, word])).toEqual([
    ['enable-api', 'ready'],
    ['add-access-entries', 'ready'],
    ['remove-aws-auth', 'ready'],
    ['api-only', 'ready'],
  ]);
});

test('a cluster of another module does not hinder it', async () => {
  const wrapper = 'module "platform" {\n  source = "./modules/platform"\n}\n';
  const directory = directoryWith({ ...config, 'aws-auth.yaml': yaml, 'main.tf': wrapper, 'terragrunt.hcl': '' });
  expect((await runHere(directory, byHand)).status).toBe(0);
  expect(staged(directory)).toEqual(files);
});

test('a second run writes the same, and the revisions of another form go', async () => {
  const directory = directoryWith({ 'main.tf': rootModule() });
  await runHere(directory, ['convert', '.']);
  expect(staged(directory)).toContain('1-enable-api/main.tf');
  expect((await runHere(directory, ['convert', '.', '--emit', 'aws-cli'])).status).toBe(0);
  const first = contentOf(directory);
  expect(staged(directory)).toEqual(files);
  expect((await runHere(directory, ['convert', '.', '--emit', 'aws-cli'])).status).toBe(0);
  expect(contentOf(directory)).toEqual(first);
});

test('a script that was edited is not overwritten', async () => {
  const directory = directoryWith({
    ...config,
    'aws-auth.yaml': yaml,
    'access-entries-migration/access-entries.sh': 'mine',
  });
  const { status, stderr } = await runHere(directory, byHand);
  expect(status).toBe(2);
  expect(stderr).toContain('TAE105');
});

test('a row that is not covered ends with 1, and the script is there', async () => {
  const row = '    { rolearn = var.arn, username = "x", groups = ["x"] },\n';
  const directory = directoryWith({ 'main.tf': `${rootModule(row)}\nvariable "arn" {\n  type = string\n}\n` });
  const { status, stderr } = await runHere(directory, ['convert', '.', '--emit', 'aws-cli']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^main\.tf:\d+:\d+: error TAE328: /);
  expect(staged(directory)).toEqual(files);
});

test('status names the command that writes the script', async () => {
  const directory = directoryWith({ ...config, 'aws-auth.yaml': yaml });
  const { status, stdout } = await runHere(directory, ['status', ...byHand.slice(1)]);
  expect(status).toBe(0);
  expect(stdout).toContain('Next: tf-access-entries convert . --aws-auth aws-auth.yaml --emit aws-cli\n');
  expect(Object.keys(contentOf(directory))).not.toContain('access-entries-migration');
});

test.each([
  ['nothing', {}, 'the name (clusterName in the config) is missing'],
  ['its name alone', config, 'the ConfigMap (--aws-auth) is missing'],
])('with %s of the cluster there is nothing to write', async (_name, given, words) => {
  const { status, stderr } = await runHere(directoryWith(given), ['convert', '.', '--emit', 'aws-cli']);
  expect(status).toBe(3);
  expect(stderr).toContain('TAE028');
  expect(stderr).toContain(words);
});

test('with CRLF and a byte order mark the rows are the same', async () => {
  const directory = directoryWith({ ...config, 'aws-auth.yaml': `\ufeff${yaml.replaceAll('\n', '\r\n')}` });
  expect((await runHere(directory, byHand)).status).toBe(0);
  const script = readFileSync(join(directory, 'access-entries-migration/access-entries.sh'), 'utf8');
  expect(script).toContain(
    `entry 'arn:aws:iam::111122223333:role/admin' '["STANDARD","admin",[]]' --type=STANDARD --username='admin'`,
  );
  expect(script).not.toContain('\r');
});
