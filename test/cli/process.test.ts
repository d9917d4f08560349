import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { cli, command, unprivileged } from './support/command.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { adminRow, blockedRow, rootModule, snapshot } from './support/modules.ts';

const phases = ['1-enable-api', '2-add-access-entries', '3-remove-aws-auth', '4-api-only', '5-clean-up'];

/** Enough rows for an output that no pipe takes at once. */
const manyRows = Array.from({ length: 200 }, (_, index) => adminRow.replaceAll('admin', `admin-${index}`)).join('');

test('exit statuses', () => {
  const directory = directoryWith({
    'done/main.tf': rootModule(),
    'blocked/main.tf': rootModule(blockedRow),
    'broken/main.tf': '{',
  });
  const statuses = ['done', 'blocked', 'done --nope', 'broken', 'nowhere'].map(
    line => command(directory, ['convert', ...line.split(' ')]).status,
  );
  expect(statuses).toEqual([0, 1, 2, 3, 3]);
});

test('runs by a link, as npm installs it', () => {
  const directory = directoryWith();
  symlinkSync(cli, join(directory, 'tf-access-entries'));
  const { status, stdout } = spawnSync(join(directory, 'tf-access-entries'), ['--version'], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
});

test('a large report is not cut', () => {
  const directory = directoryWith({ 'main.tf': rootModule(manyRows) });
  const { status, stdout } = command(directory, ['status', '.', '--format', 'json']);
  expect(status).toBe(0);
  expect(stdout.length).toBeGreaterThan(1 << 16);
  expect(JSON.parse(stdout).counts.rows).toBe(200);
  const slow = spawnSync(
    'bash',
    ['-c', `"$0" "$1" status . --format json | (sleep 0.3; wc -c)`, process.execPath, cli],
    {
      cwd: directory,
      encoding: 'utf8',
    },
  );
  expect(Number(slow.stdout)).toBe(Buffer.byteLength(stdout));
});

test('a reader that has read enough is no crash', () => {
  const directory = directoryWith({ 'main.tf': rootModule(manyRows) });
  const script = `"$0" "$1" convert . --diff --quiet | head -1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, cli], {
    cwd: directory,
    encoding: 'utf8',
  });
  expect([stdout, stderr]).toEqual(['# Phase 1, enable-api\n0\n', '']);
});

test('stdin is read to its end', () => {
  const text = rootModule(manyRows);
  const { status, stdout } = command(directoryWith(), ['convert', '-', '--phase', 'enable-api', '--quiet'], {
    input: text,
  });
  expect(status).toBe(0);
  expect(stdout).toContain('API_AND_CONFIG_MAP');
  expect(stdout.length).toBeGreaterThan(text.length);
});

test('a pipe gets no colours', () => {
  const directory = directoryWith({ 'main.tf': rootModule(blockedRow) });
  const { stdout, stderr } = command(directory, ['status', '.']);
  expect(stderr).toContain('TAE314');
  expect(stdout + stderr).not.toContain('\u001b');
});

const convert = (directory: string, ...args: string[]) => command(directory, ['convert', '.', ...args], unprivileged);

test('the snapshot may come from a pipe', () => {
  const directory = directoryWith({ 'main.tf': rootModule(), 'entries.json': snapshot });
  const script = '"$0" "$1" status . --existing <(cat entries.json)';
  const { status, stderr } = spawnSync('bash', ['-c', script, process.execPath, cli], {
    cwd: directory,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, expect.stringContaining('TAE408')]);
});

describe('without permission', () => {
  test('to read a file or the directory', () => {
    const directory = directoryWith({ 'main.tf': rootModule(), 'x.tf': 'locals {}\n', 'sub/main.tf': rootModule() });
    chmodSync(join(directory, 'x.tf'), 0);
    chmodSync(join(directory, 'sub'), 0);
    const { status, stderr } = convert(directory);
    expect([status, stderr]).toEqual([3, expect.stringContaining('TAE002: x.tf cannot be read: permission denied.')]);
    const sub = command(directory, ['status', 'sub'], unprivileged);
    expect([sub.status, sub.stderr]).toEqual([
      3,
      expect.stringContaining('TAE002: sub cannot be read: permission denied.'),
    ]);
    chmodSync(join(directory, 'sub'), 0o755);
  });

  test('to write into the directory, staged or in place', () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    chmodSync(directory, 0o555);
    const staged = convert(directory);
    expect([staged.status, staged.stderr]).toEqual([
      3,
      expect.stringContaining('error TAE110: access-entries-migration'),
    ]);
    const inPlace = convert(directory, '--write', '--phase', 'enable-api');
    expect([inPlace.status, inPlace.stderr]).toEqual([
      3,
      expect.stringContaining('error TAE110: main.tf cannot be written: permission denied.'),
    ]);
    chmodSync(directory, 0o755);
    expect(contentOf(directory)).toEqual({ 'main.tf': rootModule() });
  });

  test('to write the file', () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    chmodSync(join(directory, 'main.tf'), 0o444);
    chmodSync(directory, 0o777);
    const { status, stderr } = convert(directory, '--write', '--phase', 'enable-api');
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining('TAE110: main.tf cannot be written: it is read-only.'),
    ]);
    expect(contentOf(directory)).toEqual({ 'main.tf': rootModule() });
  });
});

test('Ctrl-C at any time leaves all or nothing', async () => {
  const directory = directoryWith({ 'main.tf': rootModule(manyRows) });
  const interrupt = (milliseconds: number): Promise<void> =>
    new Promise(resolve => {
      const child = spawn(process.execPath, [cli, 'convert', '.', '--quiet'], { cwd: directory, stdio: 'ignore' });
      const timer = setTimeout(() => child.kill('SIGINT'), milliseconds);
      child.on('exit', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  for (const milliseconds of [150, 400, 650, 10_000]) {
    await interrupt(milliseconds);
    const found = contentOf(directory);
    const staged = Object.keys(found).filter(path => /^access-entries-migration\/\d-[^/]*$/.test(path));
    expect([0, phases.length]).toContain(staged.length);
    expect(Object.keys(found).filter(path => path.endsWith('.tmp'))).toEqual([]);
    rmSync(join(directory, 'access-entries-migration'), { recursive: true, force: true });
  }
}, 60_000);
