import { basename, dirname, join, relative, resolve } from 'node:path';
import { defined, exitStatus, Refusal } from '../../diagnostics/index.ts';
import { runtimeOf, type Host } from '../host.ts';
import { realPath } from '../io.ts';
import { repositoryOr } from '../links.ts';
import { namedFindings } from '../named-findings.ts';
import { readModule } from '../read-module.ts';
import { readConfig, type ReadConfig } from '../read-config.ts';
import { emptyRun, guarded, readCallersOf, type ModuleRun } from '../run-module.ts';
import type { FoundModule } from './find-modules.ts';
import type { CheckFlags } from '../arguments/commands.ts';

/**
 * What one root module has: findings, which name files as they are called from where the command runs; `suppressed`, how many of them
 * a comment silences; `isComplete`, where everything in it could be read, and its config fits: these are all the findings there are.
 */
export type CheckedModule = Awaited<ReturnType<typeof checkModule>>;

/** The directories that a run checks, and what it knows of modules that are not among them, which several callers may share. */
export type CheckRun = {
  readonly checked: ReadonlySet<string>;
  readonly apart: Map<string, ReturnType<typeof checkAlone>>;
};

/**
 * Checks a root module. Of rows that it hands to a local one which writes none of them any more, that one tells which have no entry, where it
 * is not checked in the same run.
 */
export const checkModule = async (
  found: FoundModule,
  flags: Pick<CheckFlags, 'emit' | 'config'>,
  shared: ReadConfig | undefined,
  host: Host,
  { checked, apart }: CheckRun,
) => {
  const { called, ...own } = await checkAlone(found, flags, shared, host);
  const findings = [...own.findings];
  const texts = new Map(own.texts);
  for (const name of called) {
    const directory = await realPath(join(found.directory, name)).catch(() => undefined);
    if (directory === undefined || checked.has(directory)) continue;
    const path = relative(host.cwd, directory) || '.';
    // Which callers it has depends on where they are looked for.
    const key = JSON.stringify([directory, found.tree.directory]);
    const asked =
      apart.get(key) ?? checkAlone({ path, directory, tree: found.tree, concerned: true }, flags, shared, host);
    apart.set(key, asked);
    const there = await asked;
    for (const { diagnostic } of there.findings) {
      const { code, range } = diagnostic;
      if (code !== 'TAE310' || !range || resolve(host.cwd, dirname(range.file)) !== found.directory) continue;
      const file = join(found.path, basename(range.file));
      findings.push({ module: found.path, diagnostic: { ...diagnostic, range: { ...range, file } } });
      texts.set(file, there.texts.get(range.file) ?? '');
    }
  }
  return { ...own, findings, texts };
};

/** Reads a root module with its configs, unless one is given for all. One in which nothing is of interest is not read. */
const checkAlone = async (
  { path, directory, tree, concerned }: FoundModule,
  { emit, config: named }: Pick<CheckFlags, 'emit' | 'config'>,
  shared: ReadConfig | undefined,
  host: Host,
) => {
  const run = emptyRun(path, host);
  if (!concerned) return { directory, ...namedFindings(run, []), suppressed: 0, isComplete: true, called: [] };
  await guarded(run, async () => {
    const inside = await repositoryOr(directory, tree);
    const source = await readModule(path, host.cwd, { tree: inside, inputs: true, runtime: runtimeOf(host) });
    run.source = source;
    run.diagnostics.push(...source.diagnostics);
    for (const [file, text] of source.files) run.texts.set(file, text);
  });
  const read = named === undefined ? await guarded(run, () => readConfig(run, {}, host)) : shared;
  let suppressed = 0;
  let called: readonly string[] = [];
  if (run.source !== undefined && exitStatus(run.diagnostics) === 0) {
    const { check, runtime } = await host.pipeline();
    const sharedConfig = named !== undefined;
    const callers = await callersOf(run, tree.directory, host);
    const given = defined({ emit, callers, directory: run.source.label, config: read?.config, configs: read?.files });
    const result = await check(run.source.files, { runtime, sharedConfig, ...given });
    run.diagnostics.push(...result.diagnostics);
    suppressed = result.suppressed.length;
    called = result.modulesWithoutRows ?? [];
  }
  const isComplete = exitStatus(run.diagnostics) < 2;
  return { directory, ...namedFindings(run, run.diagnostics), suppressed, isComplete, called };
};

/** Those who hand rows to the module may have the entries, and may write aws-auth themselves. One that cannot be read is a finding where it lies. */
const callersOf = async (
  run: ModuleRun,
  start: string,
  host: Host,
): Promise<Awaited<ReturnType<typeof readCallersOf>> | undefined> => {
  try {
    return await readCallersOf(run, start, undefined, host);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
};
