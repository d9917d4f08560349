import { execFileSync, type StdioOptions } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { largestFound, readBytes } from '../../lib/cli/io.ts';
import { command, type Outcome } from './support/command.ts';
import { directoryWith } from './support/directory.ts';
import { rootModule } from './support/modules.ts';

/** Ended by force after a time: nothing here may wait or read without end. */
const quick = (directory: string, ...args: string[]): Outcome => command(directory, args, { timeout: 30_000 });

const pipe = (path: string): unknown => execFileSync('mkfifo', [path]);
const socket = (path: string): unknown =>
  execFileSync(process.execPath, ['-e', `require('net').createServer().listen(process.argv[1], process.exit)`, path]);

/** Things that are no file, by what makes them. */
const things: Readonly<Record<string, (path: string) => unknown>> = {
  'a device without end': path => {
    symlinkSync('/dev/zero', path);
  },
  'a pipe without a writer': pipe,
  'a directory': path => {
    mkdirSync(path);
  },
};

describe.each(Object.entries(things))('%s', (_name, make) => {
  test('as manifest.json is no manifest', () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    make(join(directory, 'manifest.json'));
    const { status, stdout } = quick(directory, 'check', '.');
    expect([status, stdout]).toEqual([1, expect.stringContaining('TAE701')]);
  });

  test('as manifest.json of the output is not overwritten', () => {
    const directory = directoryWith({ 'main.tf': rootModule(), 'out/x/y': '' });
    make(join(directory, 'out/manifest.json'));
    expect(quick(directory, 'convert', '.', '--out', 'out')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('TAE105: out is not overwritten: manifest.json is no regular file.'),
    });
  });

  test('as modules.json is warned of', () => {
    const directory = directoryWith({ 'main.tf': rootModule(), '.terraform/modules/x': '', '.git/HEAD': '' });
    make(join(directory, '.terraform/modules/modules.json'));
    const { status, stderr } = quick(directory, 'status', '.');
    expect([status, stderr]).toEqual([0, expect.stringContaining('TAE013')]);
  });

  test('as the config beside the root module is refused', () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    make(join(directory, 'tf-access-entries.config.json'));
    expect(quick(directory, 'status', '.').status).toBe(3);
  });

  test('as the journal of an interrupted run is not followed', () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    make(join(directory, '.tf-access-entries-journal.json'));
    expect(quick(directory, 'convert', '.', '--write', '--phase', 'enable-api')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('.tf-access-entries-journal.json cannot be read'),
    });
  });
});

describe('what is named', () => {
  test.each([
    ['check . --baseline /dev/full', 2, 'TAE131: /dev/full is no baseline: it is no regular file.'],
    ['check . --baseline .', 2, 'TAE131: . is no baseline: it is a directory.'],
    ['status . --existing /dev/zero', 3, 'TAE002: /dev/zero cannot be read: it is no regular file.'],
    ['status . --existing .', 3, 'TAE002: . cannot be read: it is a directory.'],
    ['status . --config socket', 3, 'TAE002: socket cannot be read: it is no regular file.'],
    ['status . --var-file /dev/full', 3, 'TAE002: /dev/full cannot be read: it is no regular file.'],
    ['status . --aws-auth /dev/zero', 3, 'TAE002: /dev/zero cannot be read: it is no regular file.'],
    ['verify-plan /dev/zero --phase enable-api', 3, 'TAE002: /dev/zero cannot be read: it is no regular file.'],
    ['verify-plan large.json --phase enable-api', 3, 'TAE002: large.json cannot be read: it has more than 500 MB.'],
  ])('%s', (line, status, message) => {
    const directory = directoryWith({ 'main.tf': rootModule(), 'large.json': '' });
    truncateSync(join(directory, 'large.json'), 600_000_000);
    socket(join(directory, 'socket'));
    const outcome = quick(directory, ...line.split(' '));
    expect(outcome.status).toBe(status);
    expect(outcome.stdout + outcome.stderr).toContain(message);
  });
});

test('what is no regular file is not said to lack permissions', () => {
  const { stderr } = quick(directoryWith({ 'main.tf': rootModule() }), 'status', '.', '--config', '/dev/zero');
  expect(stderr).toMatch(/^ {2}fix: Name a regular file\. /m);
});

test('a file that is found may be so large and no larger', () => {
  const directory = directoryWith({ 'main.tf': rootModule(), 'notes.tf': '#'.repeat(largestFound) });
  expect(readBytes(join(directory, 'notes.tf'))).toHaveLength(20_000_000);
  appendFileSync(join(directory, 'notes.tf'), '#');
  const { status, stdout } = quick(directory, 'check', '.');
  expect(status).toBe(3);
  expect(stdout).toContain('TAE002: notes.tf cannot be read: it has more than 20 MB.');
});

test('stdin without end', () => {
  const directory = directoryWith();
  const zero = openSync('/dev/zero', 'r');
  const options = { stdio: [zero, 'pipe', 'pipe'] as StdioOptions, timeout: 30_000 };
  const { status, stderr } = command(directory, ['convert', '-', '--phase', 'enable-api'], options);
  closeSync(zero);
  expect([status, stderr]).toEqual([3, expect.stringContaining('TAE002: <stdin> cannot be read: it has more than 20')]);
});
