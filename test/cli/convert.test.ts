import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { reportSchema } from '../../lib/report/schema.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, blockedRow, rootModule, runner, snapshot } from './support/modules.ts';

const phases = ['1-enable-api', '2-add-access-entries', '3-remove-aws-auth', '4-api-only', '5-clean-up'];
const read = (directory: string, path: string): string => readFileSync(join(directory, path), 'utf8');

const git = (cwd: string, ...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(
    'git',
    ['-C', cwd, '-c', 'user.name=x', '-c', 'user.email=x@x', ...args],
    {
      encoding: 'utf8',
    },
  );
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  return stdout;
};

describe('staging', () => {
  test('writes every revision beside the module and leaves the module alone', async () => {
    const directory = directoryWith({ 'infra/main.tf': rootModule(), 'infra/other.tf': 'locals {}\n' });
    const { status, stdout, stderr } = await runHere(directory, ['convert', 'infra']);
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain('1 row: 1 converted, 0 left to EKS, 0 dropped, 0 blocked.');
    expect(stderr).toContain(
      `Written to infra/access-entries-migration: ${phases.join(', ')}, MIGRATION.md, gates.sh, report.html, report.json.`,
    );
    expect(read(directory, 'infra/main.tf')).toBe(rootModule());
    const files = Object.keys(contentOf(join(directory, 'infra/access-entries-migration')));
    expect(files).toEqual(
      [
        '.gitignore',
        'MIGRATION.md',
        'gates.sh',
        'manifest.json',
        'report.html',
        'report.json',
        ...phases,
        ...phases.flatMap(phase => ['DO-NOT-APPLY-HERE.md', 'main.tf', 'phase.diff'].map(name => `${phase}/${name}`)),
      ].toSorted(),
    );
    expect(read(directory, 'infra/access-entries-migration/.gitignore')).toBe('*\n');
    const report = reportSchema.parse(JSON.parse(read(directory, 'infra/access-entries-migration/report.json')));
    expect(report.phases.filter(({ status: word }) => word === 'ready').map(({ number }) => number)).toEqual([
      1, 2, 3, 4, 5,
    ]);
  });

  test('the diffs are applied one after the other from the root of the repository', async () => {
    const directory = directoryWith({ 'my infra/süd/main.tf': rootModule().replaceAll('\n', '\r\n') });
    git(directory, 'init', '--quiet');
    git(directory, 'config', 'core.autocrlf', 'false');
    const infra = join(directory, 'my infra/süd');
    expect((await runHere(infra, ['convert', '.'])).status).toBe(0);
    git(directory, 'add', '.');
    expect(git(directory, 'status', '--short').trim().split('\n')).toHaveLength(1);
    for (const phase of phases) {
      git(directory, 'apply', join(infra, 'access-entries-migration', phase, 'phase.diff'));
      expect(read(infra, 'main.tf')).toBe(read(infra, `access-entries-migration/${phase}/main.tf`));
    }
    const { status, stderr } = await runHere(infra, ['convert', '.']);
    expect([status, stderr]).toEqual([0, expect.stringContaining('Nothing to do')]);
  });

  test('a second run changes nothing; --out chooses the directory', async () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    await runHere(directory, ['convert', '.', '--out', 'a/b']);
    const before = contentOf(directory);
    expect(Object.keys(before)).toContain('a/b/MIGRATION.md');
    expect(await runHere(directory, ['convert', '.', '--out', 'a/b'])).toMatchObject({ status: 0 });
    expect(contentOf(directory)).toEqual(before);
  });

  test('stops at a blocked row', async () => {
    const directory = directoryWith({ 'main.tf': rootModule(adminRow + blockedRow) });
    const { status, stderr } = await runHere(directory, ['convert', '.']);
    expect(status).toBe(1);
    expect(stderr).toContain('2 rows: 1 converted, 0 left to EKS, 0 dropped, 1 blocked.');
    expect(stderr).toContain('Phase 3 (remove-aws-auth) and later are blocked');
    const staged = Object.keys(contentOf(join(directory, 'access-entries-migration')));
    expect(staged.filter(path => /^\d-[^/]*$/.test(path))).toEqual(phases.slice(0, 2));
  });

  test('a phase that is no longer produced is removed', async () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    await runHere(directory, ['convert', '.']);
    writeFileSync(join(directory, 'main.tf'), rootModule(adminRow + blockedRow));
    await runHere(directory, ['convert', '.']);
    expect(contentOf(directory)).not.toHaveProperty('access-entries-migration/3-remove-aws-auth');
  });

  test('an edited staged file, and a file of somebody else, stop it', async () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    await runHere(directory, ['convert', '.']);
    writeFileSync(join(directory, 'access-entries-migration/1-enable-api/main.tf'), 'mine');
    const before = contentOf(directory);
    const { status, stderr } = await runHere(directory, ['convert', '.']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('error TAE105')]);
    expect(stderr).not.toContain('Written');
    expect(contentOf(directory)).toEqual(before);
    const other = directoryWith({ 'main.tf': rootModule(), 'out/main.tf': 'mine' });
    expect(await runHere(other, ['convert', '.', '--out', 'out'])).toMatchObject({ status: 2 });
    expect(Object.keys(contentOf(other))).toEqual(['main.tf', 'out', 'out/main.tf']);
  });

  test('a staged copy is not staged again, nor written', async () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    await runHere(directory, ['convert', '.']);
    const before = contentOf(directory);
    const copy = 'access-entries-migration/2-add-access-entries';
    const message = `TAE105: ${copy} is not overwritten: it is a staged copy of a root module.`;
    for (const flags of [[], ['--write', '--phase', 'remove-aws-auth', '--accept-unverified']]) {
      const { status, stderr } = await runHere(directory, ['convert', copy, ...flags]);
      expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
      expect(stderr).toContain('fix: Convert the root module that it is a copy of.');
    }
    expect(contentOf(directory)).toEqual(before);
  });

  test('--format json prints the report, --quiet only errors', async () => {
    const directory = directoryWith({ 'main.tf': rootModule(adminRow + blockedRow) });
    const json = await runHere(directory, ['convert', '.', '--format', 'json']);
    expect([json.status, json.stderr]).toEqual([1, '']);
    expect(json.stdout).toBe(read(directory, 'access-entries-migration/report.json'));
    const quiet = await runHere(directory, ['convert', '.', '--quiet']);
    expect([quiet.status, quiet.stdout]).toEqual([1, '']);
    expect(quiet.stderr.match(/^.*: (error|warning|note) /gm)).toEqual(['main.tf:23:18: error ']);
    expect(quiet.stderr).not.toContain('rows');
  });
});

describe('--diff', () => {
  test('prints every phase or one, and writes nothing', async () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    const all = await runHere(directory, ['convert', '.', '--diff']);
    expect(all.status).toBe(0);
    expect(all.stdout.match(/^# .*$/gm)).toEqual(phases.map(phase => `# Phase ${phase.replace('-', ', ')}`));
    const one = await runHere(directory, ['convert', '.', '--diff', '--phase', 'enable-api']);
    expect(all.stdout.startsWith(`# Phase 1, enable-api\n${one.stdout}# Phase 2`)).toBe(true);
    expect(Object.keys(contentOf(directory))).toEqual(['main.tf']);
    git(directory, 'init', '--quiet');
    writeFileSync(join(directory, 'all.diff'), all.stdout);
    git(directory, 'apply', 'all.diff');
    expect(read(directory, 'main.tf')).not.toContain('aws_auth');
  });

  test('of a blocked phase is nothing', async () => {
    const directory = directoryWith({ 'main.tf': rootModule(blockedRow) });
    const { status, stdout, stderr } = await runHere(directory, ['convert', '.', '--diff', '--phase', 'api-only']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/error TAE314[^]*error TAE111: Phase api-only is not written/);
  });
});

const convert = (phase: string, stdin: string | Uint8Array) =>
  runHere(directoryWith(), ['convert', '-', '--phase', phase], { readStdin: async () => Buffer.from(stdin) });

describe('stdin', () => {
  test('one revision goes to stdout', async () => {
    const { status, stdout, stderr } = await convert('add-access-entries', rootModule());
    expect(status).toBe(0);
    expect(stdout).toContain('access_entries = {');
    expect(stdout).toContain('module "aws_auth"');
    expect(stderr).toContain('<stdin>: migration not started.');
    const again = await convert('add-access-entries', stdout);
    expect([again.status, again.stdout]).toEqual([0, stdout]);
  });

  test('a phase that is done, or changes nothing, prints the text as it is', async () => {
    const { stdout } = await convert('clean-up', rootModule());
    expect((await convert('enable-api', stdout)).stdout).toBe(stdout);
  });

  test('nothing is printed of a blocked phase and of what cannot be read', async () => {
    const blocked = await convert('api-only', rootModule(blockedRow));
    expect([blocked.status, blocked.stdout]).toEqual([1, '']);
    expect(blocked.stderr).toContain('<stdin>:18:18: error TAE314');
    const broken = await convert('api-only', 'module "eks" {');
    expect([broken.status, broken.stdout]).toEqual([3, '']);
    const latin = await convert('api-only', Uint8Array.of(0xe4));
    expect([latin.status, latin.stdout]).toEqual([3, '']);
    expect(latin.stderr).toContain('TAE004: <stdin> is not UTF-8 text.');
  });

  test('has no config of its own', async () => {
    const directory = directoryWith({ 'tf-access-entries.config.json': '{"x": 1}' });
    expect((await runHere(directory, ['status', '-'], { stdin: rootModule() })).status).toBe(0);
    expect((await runHere(directory, ['status', '-', '--config', 'tf-access-entries.config.json'])).status).toBe(2);
  });

  test('status reads it too', async () => {
    const { status, stdout } = await runHere(directoryWith(), ['status', '-'], { stdin: rootModule() });
    expect([status, stdout]).toEqual([0, expect.stringContaining('<stdin>: migration not started.')]);
  });
});

const write = (directory: string, phase: string, ...more: string[]) =>
  runHere(directory, ['convert', '.', '--write', '--phase', phase, ...more]);

describe('--write', () => {
  test('goes through the phases in order, and a phase done twice changes nothing', async () => {
    const directory = directoryWith({ 'main.tf': rootModule(), 'entries.json': snapshot, 'staged/x': '' });
    await runHere(directory, ['convert', '.', '--out', 'out']);
    for (const staged of phases) {
      const [, phase = ''] = /^\d-(.*)$/.exec(staged) ?? [];
      const proof = /remove|only/.test(phase) ? ['--existing', 'entries.json', '--runner', runner] : [];
      const { status, stderr } = await write(directory, phase, ...proof);
      expect([status, stderr]).toEqual([0, expect.stringContaining('Written: main.tf.')]);
      expect(read(directory, 'main.tf')).toBe(read(directory, `out/${staged}/main.tf`));
      const again = await write(directory, phase);
      expect([again.status, again.stderr]).toEqual([0, expect.stringContaining('Nothing to do')]);
      expect(read(directory, 'main.tf')).toBe(read(directory, `out/${staged}/main.tf`));
    }
  });

  test('a phase out of order is refused', async () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    const { status, stderr } = await write(directory, 'remove-aws-auth', '--accept-unverified');
    expect(status).toBe(1);
    expect(stderr).toContain('TAE108: Phase remove-aws-auth cannot be written: the migration has not started');
    expect(contentOf(directory)).toEqual({ 'main.tf': rootModule() });
  });

  test('a blocked phase is refused after its blockers', async () => {
    const directory = directoryWith({ 'main.tf': rootModule(blockedRow) });
    await write(directory, 'enable-api');
    await write(directory, 'add-access-entries');
    const before = contentOf(directory);
    const { status, stderr } = await write(directory, 'remove-aws-auth', '--accept-unverified');
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/TAE314[^]*TAE111: Phase remove-aws-auth is not written/),
    ]);
    expect(contentOf(directory)).toEqual(before);
  });

  test.each([
    [[], 'neither a snapshot nor the runner is given'],
    [['--runner', runner], 'no snapshot of the live entries is given'],
    [['--existing', 'entries.json'], 'the runner is not given'],
    [['--existing', 'entries.json', '--runner', `${runner}-2`], runner],
  ])('remove-aws-auth with %j is refused', async (flags, reason) => {
    const directory = directoryWith({ 'main.tf': rootModule(), 'entries.json': snapshot });
    await write(directory, 'enable-api');
    await write(directory, 'add-access-entries');
    const before = contentOf(directory);
    const { status, stderr } = await write(directory, 'remove-aws-auth', ...flags);
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('error TAE109: Phase remove-aws-auth is not written in place'),
    ]);
    expect(stderr).toContain(reason);
    expect(contentOf(directory)).toEqual(before);
    expect((await write(directory, 'remove-aws-auth', '--accept-unverified')).status).toBe(0);
  });

  test('the runner may come from the config', async () => {
    const directory = directoryWith({
      'main.tf': rootModule(),
      'entries.json': snapshot,
      'tf-access-entries.config.json': JSON.stringify({ runner }),
    });
    await write(directory, 'enable-api');
    await write(directory, 'add-access-entries');
    expect((await write(directory, 'remove-aws-auth', '--existing', 'entries.json')).status).toBe(0);
  });

  test('several paths, and several files of one module', async () => {
    const directory = directoryWith({ 'a/main.tf': rootModule(), 'b/main.tf': rootModule(), 'b/x.tf': 'locals {}\n' });
    const args = ['convert', 'a', 'b/main.tf', 'b/x.tf', 'b', '--write', '--phase', 'enable-api'];
    const { status, stderr } = await runHere(directory, args);
    expect(status).toBe(0);
    expect(stderr.match(/^Written: .*$/gm)).toEqual(['Written: a/main.tf.', 'Written: b/main.tf.']);
  });

  test('a link inside the module stays a link', async () => {
    const directory = directoryWith({ 'files/eks.txt': rootModule() });
    symlinkSync('files/eks.txt', join(directory, 'main.tf'));
    expect((await write(directory, 'enable-api')).status).toBe(0);
    expect(contentOf(directory)).toMatchObject({
      'main.tf': '-> files/eks.txt',
      'files/eks.txt': expect.stringContaining('API_AND_CONFIG_MAP'),
    });
  });
});

describe('unreadable input: nothing is written', () => {
  test.each([
    ['no HCL', { 'main.tf': 'module "eks" {' }, 'TAE005', 3],
    ['a redefined argument', { 'main.tf': rootModule(adminRow, '  cluster_name = "b"\n') }, 'TAE005', 3],
    ['not UTF-8', { 'main.tf': rootModule(), 'x.tf': Uint8Array.of(0xe4) }, 'TAE004', 3],
    ['no eks module', { 'main.tf': 'locals {}\n' }, 'TAE007', 3],
    ['no Terraform', { 'README.md': 'x' }, 'TAE008', 3],
    [
      'a config that does not fit',
      { 'main.tf': rootModule(), 'tf-access-entries.config.json': '{"x": 1}' },
      'TAE102',
      2,
    ],
    ['a config that is no JSON', { 'main.tf': rootModule(), 'tf-access-entries.config.json': '{x' }, 'TAE103', 2],
    [
      'a config about nobody',
      {
        'main.tf': rootModule(),
        'tf-access-entries.config.json': '{"drop": [{"principal": "nobody", "reason": "r"}]}',
      },
      'TAE104',
      2,
    ],
  ])('%s', async (_name, files, code, exit) => {
    const directory = directoryWith(files);
    const before = contentOf(directory);
    for (const flags of [[], ['--write', '--phase', 'enable-api'], ['--diff']]) {
      const { status, stdout, stderr } = await runHere(directory, ['convert', '.', ...flags]);
      expect([status, stdout]).toEqual([exit, '']);
      expect(stderr).toContain(`error ${code}: `);
      expect(contentOf(directory)).toEqual(before);
    }
    const json = await runHere(directory, ['status', '.', '--format', 'json']);
    expect([json.status, json.stderr]).toEqual([exit, '']);
    expect(reportSchema.parse(JSON.parse(json.stdout)).diagnostics.map(each => each.code)).toContain(code);
  });

  test('config and snapshot that are named and not there, or wrong, all at once', async () => {
    const directory = directoryWith({ 'main.tf': rootModule(), 'bad.json': '{' });
    mkdirSync(join(directory, 'd'));
    const args = ['convert', '.', '--config', 'gone.json', '--existing', 'bad.json'];
    const { status, stderr } = await runHere(directory, args);
    expect([status, Object.keys(contentOf(directory))]).toEqual([3, ['bad.json', 'd', 'main.tf']]);
    expect(stderr).toContain(
      'error TAE001: gone.json does not exist.\n  fix: Name a file that is there. A relative path starts at the current directory.\n',
    );
    expect(stderr).toContain('bad.json:1:2: error TAE010: bad.json is no snapshot of access entries');
    const directoryAsConfig = await runHere(directory, ['convert', '.', '--config', 'd']);
    expect([directoryAsConfig.status, directoryAsConfig.stderr]).toEqual([
      3,
      expect.stringContaining('TAE002: d cannot be read: it is a directory.'),
    ]);
  });

  test('the config has a code frame', async () => {
    const directory = directoryWith({
      'm/main.tf': rootModule(),
      'm/tf-access-entries.config.json': '{\n  "runner": 7\n}\n',
    });
    expect((await runHere(directory, ['convert', 'm'])).stderr).toBe(
      `m/tf-access-entries.config.json:2:13: error TAE102: runner: must be a string
  1 | {
  2 |   "runner": 7
    |             ^
  3 | }
  fix: docs/reference/config.md lists every key.
`,
    );
  });
});

describe('status', () => {
  test('names the phase of each staged revision and writes nothing', async () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    await runHere(directory, ['convert', '.', '--out', 'out']);
    const before = contentOf(directory);
    for (const phase of phases) {
      const { status, stdout } = await runHere(directory, ['status', `out/${phase}`]);
      expect(status).toBe(0);
      expect(stdout).toContain(
        `out/${phase}: the source is at phase ${phase.slice(2)}. It is not known whether that is applied.`,
      );
    }
    expect(contentOf(directory)).toEqual(before);
  });

  test('says what is blocked', async () => {
    const { status, stdout, stderr } = await runHere(directoryWith({ 'main.tf': rootModule(blockedRow) }), [
      'status',
      '.',
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain('main.tf:18:18: error TAE314');
    expect(stdout).toContain('3 remove-aws-auth     blocked by TAE314');
    expect(stdout).toContain('tf-access-entries explain TAE314');
  });
});
