import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** A directory that is gone when the tests of the file are done. */
export const temporaryDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'tf-access-entries-'));
  directories.push(directory);
  return directory;
};

// What npm tells its scripts about this project must not reach the npm that works in another.
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|config_local_prefix)/.test(name)),
);

export type Outcome = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

export const run = (directory: string, command: string, ...args: string[]): Outcome => {
  const { error, status, stdout, stderr } = spawnSync(command, args, {
    cwd: directory,
    env: { ...environment, NO_COLOR: '1' },
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
};
