import { join, relative, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Conversion, ConvertOptions } from '../convert.ts';
import { defined, exitStatus, Refusal, type Diagnostic, type PhaseId } from '../diagnostics/index.ts';
import type { Snapshot } from '../parser/entries/snapshot.ts';
import { stdinPath } from './arguments/syntax.ts';
import type { ModuleFlags } from './arguments/commands.ts';
import { placesOnly } from '../report/places.ts';
import { refusing } from './refusing.ts';
import type { Host } from './host.ts';
import { kindOfEntry, largestFound, type Kind } from './io.ts';
import { finishJournal } from './journal.ts';
import { followLink, repositoryOr } from './links.ts';
import { configName } from '../config/config.ts';
import { decode, findModule, readModule, readText, type ModuleSource } from './read-module.ts';
import { readInput, readNamed } from './verify/read-input.ts';

/** A file that was named, as messages call it. */
type NamedFile = NonNullable<ConvertOptions['awsAuth']>;

/** One root module in one run: what was read, what came out, and all that is said about it. */
export type ModuleRun = {
  readonly label: string;
  readonly texts: Map<string, string>;
  readonly diagnostics: Diagnostic[];
  readonly nameOf: (file: string) => string;
  source?: ModuleSource;
  result?: Conversion;
  snapshot?: Snapshot | undefined;
  existing?: NamedFile;
  awsAuth?: NamedFile | undefined;
  config?: Config | undefined;
  runner?: string | undefined;
  variableFiles?: ReadonlyMap<string, string> | undefined;
};

/** A run of a module that was read and converted. */
export type Converted = ModuleRun & Required<Pick<ModuleRun, 'source' | 'result'>>;

/**
 * Reads a module with its config and snapshot. What cannot be read ends among the diagnostics. A write of the phase
 * `finish` that was interrupted there is completed first.
 */
export const readInputs = async (
  path: string,
  flags: ModuleFlags,
  host: Host,
  { finish }: { readonly finish?: PhaseId } = {},
): Promise<ModuleRun> => {
  const run = emptyRun(path);
  await guarded(run, async () => {
    if (finish !== undefined) {
      const { directory, label } = await findModule(path, host.cwd);
      await finishJournal(directory, label, finish);
    }
    const source =
      path === stdinPath
        ? await stdinModule(host)
        : await readModule(path, host.cwd, defined({ entriesModule: entriesModuleOf(flags) }));
    run.source = source;
    for (const [file, text] of source.files) run.texts.set(file, text);
    run.diagnostics.push(...source.diagnostics);
  });
  run.config = await guarded(run, () => readConfig(run, flags, host));
  run.snapshot = await guarded(run, () => readExisting(run, flags, host));
  run.awsAuth = await guarded(run, () => readConfigMap(run, flags, host));
  run.variableFiles = await guarded(run, () => readVariableFiles(run, flags, host));
  run.runner = flags.runner ?? run.config?.runner;
  return run;
};

/** Reads a module and converts it. Without `revisions` none are written. */
export const runModule = async (
  path: string,
  flags: ModuleFlags,
  host: Host,
  { revisions = true, ...finish }: { readonly finish?: PhaseId; readonly revisions?: boolean } = {},
): Promise<ModuleRun> => {
  const run = await readInputs(path, flags, host, finish);
  const { source, snapshot, awsAuth, runner, config, variableFiles } = run;
  if (source === undefined || exitStatus(run.diagnostics) > 0) return run;
  const { ssoRegion, clusterCreatorAdmin = false, emit, to } = flags;
  const { convert, runtime } = await host.pipeline();
  run.result = await convert(source.files, {
    runtime,
    revisions,
    directory: source.label,
    clusterCreatorAdmin,
    emit,
    ...defined({
      config,
      snapshot,
      awsAuth,
      ssoRegion,
      to,
      runner,
      variableFiles,
      entriesModule: entriesModuleOf(flags),
      configFile: configFileOf(flags, source, host),
    }),
  });
  run.diagnostics.push(...run.result.diagnostics);
  return run;
};

/** As a command in the root module names it. */
const configFileOf = ({ config }: ModuleFlags, { directory }: ModuleSource, { cwd }: Host): string | undefined =>
  config === undefined ? undefined : relative(directory, resolve(cwd, config)).replaceAll('\\', '/');

/** Without the dots and slashes around it. */
const entriesModuleOf = ({ entriesModule }: ModuleFlags): string | undefined =>
  entriesModule
    ?.split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/');

/** A run that has read nothing yet. */
export const emptyRun = (path: string): ModuleRun => {
  const run: ModuleRun = {
    label: path === stdinPath ? '<stdin>' : path,
    texts: new Map(),
    diagnostics: [],
    nameOf: file => {
      if (!run.source?.files.has(file)) return file;
      return path === stdinPath ? '<stdin>' : join(run.source.label, file);
    },
  };
  return run;
};

/** Adds what a refusal says to the run. */
export const guarded = async <Value>(run: ModuleRun, step: () => Promise<Value>): Promise<Value | undefined> => {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    run.diagnostics.push(...error.diagnostics);
    return undefined;
  }
};

const stdinModule = async (host: Host): Promise<ModuleSource> => ({
  directory: '',
  label: '<stdin>',
  files: new Map([
    ['main.tf', decode(await refusing('TAE002', '<stdin>', () => host.readStdin(largestFound)), '<stdin>')],
  ]),
  links: new Map(),
  diagnostics: [],
});

/** The config named, or the one beside the root module. */
export const readConfig = async (
  run: ModuleRun,
  { config }: Pick<ModuleFlags, 'config'>,
  { cwd }: Pick<Host, 'cwd'>,
): Promise<Config | undefined> => {
  const found =
    config === undefined ? await readConfigBeside(run) : { label: config, ...(await readNamed(config, cwd)) };
  if (found === undefined) return undefined;
  run.texts.set(found.label, found.shown);
  const { parseConfig } = await import('../config/index.ts');
  return parseConfig(found.label, found.text);
};

const readConfigBeside = async ({
  source,
}: ModuleRun): Promise<{ readonly label: string; readonly text: string; readonly shown: string } | undefined> => {
  if (source === undefined || source.directory === '') return undefined;
  const { directory } = source;
  const path = join(directory, configName);
  const kind = await kindOfEntry(path).catch((): Kind => 'other');
  if (kind === undefined) return undefined;
  const label = join(source.label, configName);
  const tree = await repositoryOr(directory, { directory, name: 'its directory' });
  const text = await readText(kind === 'link' ? await followLink(path, label, tree) : path, label);
  return { label, text, shown: text };
};

const readExisting = async (
  run: ModuleRun,
  { existing }: ModuleFlags,
  { cwd }: Host,
): Promise<Snapshot | undefined> => {
  if (existing === undefined) return undefined;
  const { text } = await readNamed(existing, cwd);
  run.existing = { file: existing, text };
  // It may be a state, which has passwords in it.
  run.texts.set(existing, placesOnly(text));
  const { readSnapshot } = await import('../parser/entries/read-snapshot.ts');
  return readSnapshot(existing, text);
};

const readConfigMap = async (run: ModuleRun, { awsAuth }: ModuleFlags, host: Host): Promise<NamedFile | undefined> => {
  if (awsAuth === undefined) return undefined;
  const { label, text, shown } = await readInput(awsAuth, host);
  run.texts.set(label, shown);
  return { file: label, text };
};

/** Each is read only when it is named: a file that is unlocked elsewhere must not stop those who do not need it. */
const readVariableFiles = async (
  run: ModuleRun,
  { varFile = [] }: ModuleFlags,
  { cwd }: Host,
): Promise<ReadonlyMap<string, string> | undefined> => {
  if (varFile.length === 0) return undefined;
  const files = new Map<string, string>();
  for (const file of varFile) files.set(file, (await readNamed(file, cwd)).text);
  // Where something is in them is said, and what is in them is not: passwords stand beside the rows.
  for (const [file, text] of files) run.texts.set(file, placesOnly(text));
  return files;
};
