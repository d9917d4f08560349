import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { reasonOf } from '../../lib/cli/file-problem.ts';
import { makeDirectory } from '../../lib/cli/io.ts';
import { cli, command, unprivileged } from './support/command.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { rootModule } from './support/modules.ts';

describe('a full stdout ends with 3 and one sentence', () => {
  test.each([
    'check .',
    'check . --format json',
    'status . --format json',
    'convert . --diff --quiet',
    'convert . --format json',
    'explain TAE001',
    '--help',
  ])('%s', line => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = command(directory, line.split(' '), { stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    expect([status, stderr]).toEqual([3, expect.stringMatching(/^stdout cannot be written: the disk is full\.\n/m)]);
    expect(stderr).not.toMatch(/Error|at .*\.js|fault/);
  });

  test('and so does a full stderr, without a word', () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    const full = openSync('/dev/full', 'w');
    const { status, stdout } = command(directory, ['convert', '.', '--diff'], { stdio: ['ignore', 'pipe', full] });
    closeSync(full);
    expect([status, stdout]).toEqual([3, expect.stringContaining('# Phase 1, enable-api')]);
  });
});

test('a working directory that was removed ends with 3 and one sentence', () => {
  const directory = directoryWith();
  mkdirSync(join(directory, 'gone'));
  for (const line of ['status .', 'check .', 'convert /nowhere', '--version']) {
    const script = `cd gone && rmdir ../gone && mkdir ../gone && exec "$0" "$@"`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, cli, ...line.split(' ')], {
      cwd: directory,
      encoding: 'utf8',
    });
    expect([line, status, stdout, stderr]).toEqual([
      line,
      3,
      '',
      'The working directory cannot be read: it does not exist.\n',
    ]);
  }
});

describe('why a file cannot be written', () => {
  test('each word of the system has one of ours', () => {
    const words = ['ENOENT', 'EACCES', 'EROFS', 'ENOSPC', 'ELOOP', 'EISDIR', 'EMFILE'].map(code =>
      reasonOf(Object.assign(new Error(code), { code, syscall: 'open' })),
    );
    expect(words).toEqual([
      'it does not exist',
      'permission denied',
      'the file system is read-only',
      'the disk is full',
      'its symbolic links lead in a circle',
      'it is a directory',
      'too many files are open',
    ]);
    expect(() => reasonOf(new TypeError('x'))).toThrow(TypeError);
  });

  test('a directory without permission, and a path through a file', () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    const denied = command(directory, ['convert', '.', '--out', 'a/b/c'], unprivileged);
    expect([denied.status, denied.stderr]).toEqual([
      3,
      expect.stringMatching(/TAE110: a\/b\/c\S* cannot be written: permission denied\./),
    ]);
    expect(contentOf(directory)).toEqual({ 'main.tf': rootModule() });
  });

  // Only root may mount, and not everywhere.
  const mounts = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'ro', 'none', '/mnt']).status === 0;
  (mounts ? test : test.skip)('a file system that is read-only', () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    const script = 'mount -t tmpfs -o ro none /mnt && exec "$@"';
    const args = ['-m', 'sh', '-c', script, 'sh', process.execPath, cli, 'convert', '.', '--out', '/mnt/a/b'];
    const { status, stderr } = spawnSync('unshare', args, { cwd: directory, encoding: 'utf8' });
    expect([status, stderr]).toEqual([
      3,
      expect.stringMatching(/TAE110: \/mnt\/a\/b\S* cannot be written: the file system is read-only\./),
    ]);
  });

  test('what is missing is made from the outside, and named', async () => {
    const directory = directoryWith();
    const made = ['a', 'a/b', 'a/b/c'].map(path => join(directory, path));
    expect(await makeDirectory(join(directory, 'a/b/c'))).toEqual(made);
    expect(await makeDirectory(join(directory, 'a/b/c'))).toEqual([]);
  });
});
