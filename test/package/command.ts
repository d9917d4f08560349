import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { directoryWith } from '../cli/support/directory.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** An empty directory, gone when the process ends. */
export const temporaryDirectory = (): string => directoryWith();

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
