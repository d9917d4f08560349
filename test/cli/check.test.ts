import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { CheckReport } from '../../lib/report/check/summary.ts';
import { checkReportSchema } from '../../lib/report/command-schemas.ts';
import { command, unprivileged } from './support/command.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, blockedRow, rootModule } from './support/modules.ts';

const plainModule = 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n';

type Json = { readonly status: number | null; readonly stderr: string; readonly report: CheckReport };

const checked = async (directory: string, ...args: string[]): Promise<Json> => {
  const { status, stdout, stderr } = await runHere(directory, ['check', ...args, '--format', 'json']);
  return { status, stderr, report: checkReportSchema.parse(JSON.parse(stdout)) };
};

const codesOf = ({ report }: Json): string[] => report.findings.map(({ code }) => code);
const modulesOf = ({ report }: Json): (string | null)[] => [...new Set(report.findings.map(({ module }) => module))];

test('what a phase would need is not said of a module that has nothing to move', async () => {
  const call = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "~> 21.7"

  name                = "shop"
  authentication_mode = var.authentication_mode
}
`;
  const moved = await checked(directoryWith({ 'main.tf': call }), '.', '--min-severity', 'note');
  expect(codesOf(moved)).toEqual([]);
  const both = { 'main.tf': rootModule().replace(/module "eks" \{[^}]*\}\n/, call.replace('21.7', '20.31')) };
  const moving = await checked(directoryWith(both), '.', '--min-severity', 'note');
  expect(codesOf(moving)).toEqual(expect.arrayContaining(['TAE208', 'TAE216']));
});

describe('paths', () => {
  const files = {
    'main.tf': plainModule,
    'clusters/a/main.tf': rootModule(),
    'clusters/a/providers.tf': 'provider "aws" {}\n',
    'clusters/b/eks.tofu': rootModule(),
    'buckets/main.tf': plainModule,
    'buckets/outputs.tf': 'output "x" {\n  value = 1\n}\n',
  };

  test('a directory stands for those below it', async () => {
    const directory = directoryWith(files);
    const before = contentOf(directory);
    const outcome = await checked(directory, '.');
    expect(outcome).toMatchObject({ status: 1, stderr: '' });
    expect(modulesOf(outcome)).toEqual(['clusters/a', 'clusters/b']);
    expect(outcome.report.counts).toMatchObject({ modules: 4, unreadable: 0, warnings: 4 });
    expect(contentOf(directory)).toEqual(before);
  });

  test('a file stands for its directory, which is checked once', async () => {
    const paths = ['clusters/a/main.tf', 'clusters/a/providers.tf', './clusters/a/main.tf'];
    const outcome = await checked(directoryWith(files), ...paths);
    expect(codesOf(outcome)).toEqual(['TAE701', 'TAE702']);
    expect(outcome.report.findings.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'clusters/a/main.tf:8',
      'clusters/a/main.tf:15',
    ]);
  });

  test('siblings of the files named are read', async () => {
    expect(codesOf(await checked(directoryWith(files), 'clusters/a/providers.tf'))).toEqual(['TAE701', 'TAE702']);
  });

  test('a file does not stand for directories below its own', async () => {
    expect(await checked(directoryWith(files), 'main.tf')).toMatchObject({ status: 0, report: { clean: true } });
  });

  test('paths are told from where the command runs', async () => {
    const directory = directoryWith(files);
    const outcome = await checked(join(directory, 'clusters/b'), '../a', join(directory, 'clusters/b'));
    expect(modulesOf(outcome)).toEqual(['../a', '.'].toSorted());
    expect(outcome.report.findings.map(({ file }) => file)).toContain('eks.tofu');
  });

  test('copies, packages, staged output and links to directories are not looked through', async () => {
    const directory = directoryWith({
      'main.tf': plainModule,
      '.terraform/modules/eks/main.tf': rootModule(),
      'node_modules/x/main.tf': rootModule(),
      '.git/x/main.tf': rootModule(),
      '.terragrunt-cache/x/main.tf': rootModule(),
      'a/main.tf': rootModule(),
    });
    symlinkSync(join(directory, 'a'), join(directory, 'b'));
    expect((await runHere(directory, ['convert', 'a', '--out', 'out'])).status).toBe(0);
    expect(modulesOf(await checked(directory, '.'))).toEqual(['a']);
    expect(await checked(directory, 'out/1-enable-api/main.tf')).toMatchObject({ status: 0 });
    expect(modulesOf(await checked(directory, 'b'))).toEqual(['b']);
  });

  test('a file that is shared by a link is read', async () => {
    const shared = { 'shared/providers.tf': 'provider "aws" {}\n', '.git/HEAD': '' };
    const directory = directoryWith({ 'a/main.tf': rootModule(), ...shared });
    symlinkSync('../shared/providers.tf', join(directory, 'a/providers.tf'));
    expect(codesOf(await checked(directory, 'a'))).toEqual(['TAE701', 'TAE702']);
  });

  test('a directory without Terraform has nothing to say', async () => {
    expect(await runHere(directoryWith({ 'README.md': '#\n' }), ['check', '.'])).toEqual({
      status: 0,
      stdout: 'No findings in 0 modules.\n',
      stderr: '',
    });
  });
});

describe('what is found', () => {
  test('a row without an entry, by principal; one with an entry is none', async () => {
    const entries =
      '  access_entries = {\n    admin = { principal_arn = "arn:aws:iam::111122223333:role/admin" }\n  }\n';
    const late = adminRow.replaceAll('admin"', 'late"');
    const { report } = await checked(directoryWith({ 'main.tf': rootModule(adminRow + late, entries) }), '.');
    expect(report.findings.filter(({ code }) => code === 'TAE702').map(({ subject }) => subject)).toEqual([
      'arn:aws:iam::111122223333:role/late',
    ]);
  });

  test('a blocked row says why, and not that it has no entry', async () => {
    const outcome = await checked(directoryWith({ 'main.tf': rootModule(blockedRow) }), '.');
    expect(codesOf(outcome)).toEqual(['TAE701', 'TAE314']);
  });

  test('a list that only a plan knows counts as one row', async () => {
    const text = rootModule().replace(/aws_auth_roles = \[.*?\n {2}\]/s, 'aws_auth_roles = var.map_roles');
    const { report } = await checked(directoryWith({ 'main.tf': text }), '.');
    const found = report.findings.filter(({ code }) => code === 'TAE702');
    expect(found.map(({ subject }) => subject)).toEqual(['var.map_roles in aws_auth_roles']);
  });

  test.each([
    [
      'writes nothing any more',
      rootModule().replace('manage_aws_auth_configmap = true', 'manage_aws_auth_configmap = false'),
      'TAE701',
    ],
    ['is ignored in mode API', rootModule(adminRow, '  authentication_mode = "API"\n'), 'TAE701'],
    ['rows are ignored in mode API', rootModule(adminRow, '  authentication_mode = "API"\n'), 'TAE702'],
  ])('aws-auth that %s is not reported', async (_what, text, code) => {
    expect(codesOf(await checked(directoryWith({ 'main.tf': text }), '.'))).not.toContain(code);
  });

  test('a cluster without aws-auth, and a module of another kind: no finding', async () => {
    const directory = directoryWith({
      'a/main.tf': 'module "eks" {\n  source  = "terraform-aws-modules/eks/aws"\n  version = "20.24.3"\n}\n',
      'b/main.tf': '# the aws-auth ConfigMap is made elsewhere\n',
    });
    expect(await checked(directory, '.')).toMatchObject({ status: 0, report: { clean: true, findings: [] } });
  });

  test('a call in JSON syntax or in an override file is said not to be checked', async () => {
    const directory = directoryWith({
      'a/main.tf.json': '{"module":{"eks":{"source":"terraform-aws-modules/eks/aws"}}}',
      'b/main.tf': rootModule(),
      'b/x_override.tf': 'module "aws_auth" {\n  aws_auth_roles = []\n}\n',
    });
    const { report, status } = await checked(directory, '.');
    expect(status).toBe(1);
    const found = report.findings.filter(({ code }) => code === 'TAE031').map(({ file }) => file);
    expect(found).toEqual(['a/main.tf.json', 'b/x_override.tf']);
  });
});

describe('severities', () => {
  const files = { 'main.tf': rootModule(blockedRow + adminRow) };

  test.each([
    ['error', ['TAE314'], 1],
    ['warning', ['TAE701', 'TAE314', 'TAE702'], 1],
  ])('--min-severity %s', async (severity, codes, status) => {
    const outcome = await checked(directoryWith(files), '.', '--min-severity', severity);
    expect([codesOf(outcome), outcome.status]).toEqual([codes, status]);
  });

  test('what is less severe does not count', async () => {
    const outcome = await checked(directoryWith({ 'main.tf': rootModule() }), '.', '--min-severity', 'error');
    expect(outcome).toMatchObject({ status: 0, report: { clean: true, counts: { lessSevere: 2 } } });
  });
});

describe('what cannot be read', () => {
  test('HCL that is not valid ends with 3, and the other modules are checked', async () => {
    const directory = directoryWith({ 'a/main.tf': `${rootModule()}}\n`, 'b/main.tf': rootModule() });
    const outcome = await checked(directory, '.', '--min-severity', 'error');
    expect(outcome).toMatchObject({ status: 3, report: { counts: { unreadable: 1 } } });
    expect(codesOf(outcome)).toEqual(['TAE005']);
    expect(codesOf(await checked(directory, '.'))).toEqual(['TAE005', 'TAE701', 'TAE702']);
  });

  test.each([
    ['nowhere', 'TAE001'],
    ['latin1', 'TAE004'],
    ['fifo', 'TAE002'],
  ])('%s: %s', async (path, code) => {
    const directory = directoryWith({ 'latin1/main.tf': Buffer.from([0x23, 0xe4, 0x0a]) });
    mkdirSync(join(directory, 'fifo'));
    execFileSync('mkfifo', [join(directory, 'fifo/main.tf')]);
    const outcome = await checked(directory, path);
    expect([codesOf(outcome), outcome.status]).toEqual([[code], 3]);
  });

  test('a directory without permission ends with 3', () => {
    const directory = directoryWith({ 'a/main.tf': rootModule(), 'b/main.tf': plainModule });
    chmodSync(join(directory, 'a'), 0o000);
    const { status, stdout } = command(directory, ['check', '.'], unprivileged);
    chmodSync(join(directory, 'a'), 0o755);
    expect([status, stdout]).toEqual([3, expect.stringContaining('TAE002: a cannot be read: permission denied.')]);
  });
});

describe('config', () => {
  const drop = JSON.stringify({ drop: [{ principal: 'arn:aws:iam::111122223333:role/ops', reason: 'gone' }] });
  const text = rootModule(blockedRow + adminRow);

  test('the one beside each root module counts', async () => {
    const directory = directoryWith({
      'a/main.tf': text,
      'a/tf-access-entries.config.json': drop,
      'b/main.tf': text,
    });
    const { report } = await checked(directory, '.');
    const blocked = report.findings.filter(({ code }) => code === 'TAE314').map(({ module }) => module);
    expect(blocked).toEqual(['b']);
  });

  test('one that is broken ends with 2, also where nothing else is of interest', async () => {
    const directory = directoryWith({ 'a/main.tf': plainModule, 'a/tf-access-entries.config.json': '{' });
    expect(await checked(directory, '.')).toMatchObject({ status: 2, report: { findings: [{ code: 'TAE103' }] } });
  });

  test('an entry of it that matches nothing ends with 2', async () => {
    const directory = directoryWith({ 'main.tf': rootModule(), 'tf-access-entries.config.json': drop });
    expect(await checked(directory, '.')).toMatchObject({ status: 2, report: { findings: [{ code: 'TAE104' }] } });
  });

  test('--config is for all: what it names need not be in each', async () => {
    const directory = directoryWith({ 'a/main.tf': text, 'b/main.tf': rootModule(), 'c.json': drop });
    const outcome = await checked(directory, '.', '--config', 'c.json');
    expect([codesOf(outcome), outcome.status]).toEqual([['TAE701', 'TAE702', 'TAE701', 'TAE702'], 1]);
  });

  test('--config that is broken is reported once', async () => {
    const directory = directoryWith({ 'a/main.tf': text, 'b/main.tf': text, 'c.json': '[' });
    const outcome = await checked(directory, '.', '--config', 'c.json');
    expect([codesOf(outcome), outcome.status]).toEqual([['TAE103'], 2]);
  });
});

test('pretty has frames, a summary and the way to more', async () => {
  const { stdout, stderr, status } = await runHere(directoryWith({ 'main.tf': rootModule() }), ['check', '.']);
  expect([status, stderr]).toEqual([1, '']);
  expect(stdout).toContain('main.tf:15:5: warning TAE702: arn:aws:iam::111122223333:role/admin has a row');
  expect(stdout).toMatch(/\n2 warnings in 1 module\.\nMore about TAE701, TAE702: tf-access-entries explain TAE701\n$/);
});
