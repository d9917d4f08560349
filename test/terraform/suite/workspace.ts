import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { World } from '../oracle/world.ts';
import { problemOf, run, type Answer } from './command.ts';
import type { Plan } from './plan.ts';
import type { Engine } from './tools.ts';

/** A directory with a root module, one state, and the world that its providers see. */
export type Workspace = {
  readonly directory: string;
  readonly engine: Engine;
  readonly cliConfig: string;
  /** What git and the stand-in providers are told: where git addresses lead, which schemas a module needs. */
  readonly environment: Readonly<Record<string, string>>;
  /** The stand-in as a program, for what a person does with the AWS CLI. */
  readonly standin: string;
};

export type Files = ReadonlyMap<string, string>;

export function createWorkspace(options: Omit<Workspace, 'directory'>): Workspace {
  return { ...options, directory: mkdtempSync(join(tmpdir(), 'phases-')) };
}

/** The same again, state, modules and world included: what is done to the copy leaves the original alone. */
export function copyWorkspace(workspace: Workspace): Workspace {
  const copy = createWorkspace(workspace);
  cpSync(workspace.directory, copy.directory, { recursive: true, verbatimSymlinks: true });
  return copy;
}

export function removeWorkspace({ directory }: Workspace): void {
  rmSync(directory, { recursive: true, force: true });
}

export function writeFiles({ directory }: Workspace, files: Files): void {
  for (const [path, text] of files) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

export function readWorld({ directory }: Workspace): World {
  return JSON.parse(readFileSync(join(directory, 'world.json'), 'utf8')) as World;
}

export function writeWorld({ directory }: Workspace, world: World): void {
  const file = join(directory, 'world.json');
  writeFileSync(`${file}.next`, JSON.stringify(world, null, 2));
  renameSync(`${file}.next`, file);
}

export function engine(workspace: Workspace, ...args: readonly string[]): Promise<Answer> {
  const { directory, cliConfig, environment } = workspace;
  return run(workspace.engine.path, args, {
    cwd: directory,
    env: { TF_CLI_CONFIG_FILE: cliConfig, STANDIN_WORLD: join(directory, 'world.json'), ...environment },
  });
}

/** An engine refused; the message is what it said. */
export class EngineError extends Error {}

/** Throws what the engine said. */
export async function must(workspace: Workspace, ...args: readonly string[]): Promise<Answer> {
  const answer = await engine(workspace, ...args);
  if (answer.code !== 0) throw new EngineError(`${args[0]}: ${problemOf(answer)}`);
  return answer;
}

const planFile = 'phase.tfplan';

/** Plans into a file and reads it back as JSON. */
export async function plan(workspace: Workspace, ...flags: readonly string[]): Promise<Plan> {
  await must(workspace, 'plan', '-no-color', `-out=${planFile}`, ...flags);
  const { stdout } = await must(workspace, 'show', '-json', planFile);
  return JSON.parse(stdout) as Plan;
}

export const apply = (workspace: Workspace): Promise<Answer> => engine(workspace, 'apply', '-no-color', planFile);
