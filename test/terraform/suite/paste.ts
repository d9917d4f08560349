import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { run, type Answer } from './command.ts';
import type { Workspace } from './workspace.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const node = JSON.stringify(execPath);

/** What a person's shell finds: the engine, the command line as it is compiled, and an `aws` that knows the world alone. */
const tools = (engine: string): Readonly<Record<string, string>> => ({
  terraform: `exec ${JSON.stringify(engine)} "$@"`,
  npx: `shift 3\nexec ${node} ${JSON.stringify(join(root, 'dist/bundle/main.js'))} "$@"`,
  aws: `exec ${node} ${join(root, 'test/terraform/run.mjs')} ${join(root, 'test/terraform/suite/aws-command.ts')} "$@"`,
});

/** Runs a block of the runbook as it is, in the workspace. */
export function paste(
  { directory, engine, cliConfig, environment }: Workspace,
  block: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const bin = join(directory, '.bin');
  mkdirSync(bin, { recursive: true });
  for (const [name, text] of Object.entries(tools(engine.path))) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return run('bash', ['-c', block], {
    cwd: directory,
    env: {
      PATH: `${bin}${delimiter}${env['PATH']}`,
      TF_CLI_CONFIG_FILE: cliConfig,
      TF_CLI_ARGS_apply: '-no-color',
      TF_CLI_ARGS_plan: '-no-color',
      STANDIN_WORLD: join(directory, 'world.json'),
      ...environment,
      ...variables,
    },
  });
}
