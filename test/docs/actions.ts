import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../architecture/project.ts';
import { cli } from '../cli/support/command.ts';
import { directoryWith } from '../cli/support/directory.ts';

export type Step = Readonly<Partial<Record<'id' | 'name' | 'run' | 'uses' | 'if' | 'shell', string>>> & {
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
};

export const yamlOf = (path: string): unknown => parse(readFileSync(join(root, path), 'utf8'));

export type StepOutcome = {
  readonly status: number | null;
  readonly log: string;
  /** The arguments of each call of npx. */
  readonly calls: readonly string[];
  readonly outputs: string;
  readonly summary: string;
};

/** Stands in for npx: it says how it was called, and runs the built command in place of the package. */
const npx = `#!/usr/bin/env bash
echo "$*" >> "$CALLS"
while test "$1" != tf-access-entries; do shift; done
shift
exec "$NODE" "$CLI" "$@"
`;

/** Runs the script of a step as a runner does, with stand-ins for npx and for the files that a runner reads afterwards. */
export const runStep = (script: string, directory: string, env: Readonly<Record<string, string>>): StepOutcome => {
  const runner = directoryWith({ 'bin/npx': npx, script, calls: '', outputs: '', summary: '' });
  chmodSync(join(runner, 'bin/npx'), 0o755);
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', join(runner, 'script')],
    {
      cwd: directory,
      encoding: 'utf8',
      env: {
        PATH: `${join(runner, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
        CALLS: join(runner, 'calls'),
        NODE: process.execPath,
        CLI: cli,
        GITHUB_OUTPUT: join(runner, 'outputs'),
        GITHUB_STEP_SUMMARY: join(runner, 'summary'),
        ...env,
      },
    },
  );
  const read = (name: string): string => readFileSync(join(runner, name), 'utf8');
  return {
    status,
    log: stdout + stderr,
    calls: read('calls').trimEnd().split('\n'),
    outputs: read('outputs'),
    summary: read('summary'),
  };
};
