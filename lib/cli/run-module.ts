import { join, relative, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import type { ConfigFile } from '../config/merge-configs.ts';
import type { Conversion, ConvertOptions } from '../convert.ts';
import {
  defined,
  diagnose,
  exitStatus,
  Refusal,
  type Diagnostic,
  type PhaseId,
  type Range,
} from '../diagnostics/index.ts';
import type { CallerPlace } from '../parser/callers/caller.ts';
import type { Snapshot } from '../parser/entries/snapshot.ts';
import { stdinPath } from './arguments/syntax.ts';
import type { ModuleFlags } from './arguments/commands.ts';
import { scriptMisuse } from './convert/misuse.ts';
import { placesOnly } from '../report/places.ts';
import { refusing } from './refusing.ts';
import { unlessShared } from './shared-files.ts';
import { autoLoadedFiles } from './auto-loaded-files.ts';
import { runtimeOf, type Host } from './host.ts';
import { largestFound } from './io.ts';
import { environmentFiles, spelledOnce } from './environment-files.ts';
import { finishJournal } from './journal.ts';
import { outputDirectory } from './output-directory.ts';
import { readConfig } from './read-config.ts';
import { fromModule, wayToModule } from './module-paths.ts';
import { decode, findModule, readModule, type ModuleSource } from './read-module.ts';
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
  /** The files of which the config is put together, the nearest first. */
  configs?: readonly ConfigFile[] | undefined;
  runner?: string | undefined;
  variableFiles?: ReadonlyMap<string, string> | undefined;
  /** The file of values of each environment. */
  environments?: ReadonlyMap<string, string> | undefined;
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
  const run = emptyRun(path, host);
  await guarded(run, async () => {
    if (finish !== undefined) {
      const { directory, label } = await findModule(path, host.cwd);
      await finishJournal(directory, label, finish);
    }
    const source =
      path === stdinPath
        ? await stdinModule(host)
        : await readModule(path, host.cwd, {
            runtime: runtimeOf(host),
            ...defined({ entriesModule: entriesModuleOf(flags) }),
          });
    run.source = source;
    for (const [file, text] of source.files) run.texts.set(file, text);
    run.diagnostics.push(...source.diagnostics);
  });
  const read = await guarded(run, () => readConfig(run, flags, host));
  run.config = read?.config;
  run.configs = read?.files;
  const misuse = flags.emit === undefined && read?.config.emit === 'aws-cli' ? scriptMisuse(flags) : undefined;
  if (misuse !== undefined) {
    const reason = `${misuse} "emit" of the config asks for it: give another --emit.`;
    run.diagnostics.push(diagnose('TAE101', { reason }, emitPlace(run.configs)));
  }
  run.snapshot = await guarded(run, () => readExisting(run, flags, host));
  run.awsAuth = await guarded(run, () => readConfigMap(run, flags, host));
  run.variableFiles = await guarded(run, () => readVariableFiles(run, flags.varFile ?? [], host));
  run.environments = await guarded(run, async () => {
    const patterns = flags.environments ?? [];
    const files = await Promise.all(patterns.map(pattern => environmentFiles(pattern, host.cwd)));
    return readVariableFiles(run, spelledOnce(flags.varFile ?? [], files.flat(), host.cwd), host);
  });
  run.runner = flags.runner ?? run.config?.runner;
  return run;
};

/** Reads a module and converts it. Without `revisions` none are written. `from`: the path that was given, where it is that of a caller. */
export const runModule = async (
  path: string,
  flags: ModuleFlags,
  host: Host,
  {
    revisions = true,
    from = path,
    finish,
  }: { readonly finish?: PhaseId; readonly revisions?: boolean; readonly from?: string } = {},
): Promise<ModuleRun> => {
  const run = await readInputs(path, flags, host, defined({ finish }));
  const start = resolve(host.cwd, from);
  const callers = path === stdinPath ? [] : await guarded(run, () => readCallersOf(run, start, finish, host));
  const { source, snapshot, awsAuth, runner, config, configs, variableFiles, environments } = run;
  if (source === undefined || exitStatus(run.diagnostics) > 0) return run;
  const { ssoRegion, clusterCreatorAdmin = false, emit, to, perEnvironment } = flags;
  const { convert, runtime } = await host.pipeline();
  run.result = await convert(source.files, {
    runtime,
    revisions,
    directory: source.label,
    clusterCreatorAdmin,
    ...defined({
      emit,
      config,
      configs,
      snapshot,
      awsAuth,
      ssoRegion,
      to,
      perEnvironment: perEnvironment || undefined,
      runner,
      variableFiles,
      environments,
      autoLoadedFiles: path === stdinPath ? undefined : (place: string) => autoLoadedFiles(run, place, host),
      callers,
      wayToModule: wayToModule(source, callers),
      entriesModule: entriesModuleOf(flags),
      configFile: flags.config === undefined ? undefined : configs?.[0]?.name,
      pathFromModule: fromModule(source, host),
      outFromModule: fromModule(source, host)(outputDirectory(source.directory, flags, host)),
    }),
  });
  return unlessShared(run, source, run.result);
};

/** Adds the files of those who call the module. A write there that was interrupted is completed first. */
export const readCallersOf = async (
  run: ModuleRun,
  start: string,
  finish: PhaseId | undefined,
  host: Host,
): Promise<readonly CallerPlace[]> => {
  if (run.source === undefined) return [];
  const { readCalled } = await import('./callers.ts');
  const { callers, ...read } = await readCalled(run.source, start, finish, host);
  run.source = { ...run.source, ...read };
  for (const [file, text] of read.files) run.texts.set(file, text);
  return callers;
};

/** The nearest that asks for a form is the one that counts. */
const emitPlace = (configs: readonly ConfigFile[] = []): Range | undefined =>
  configs.find(({ config }) => config.emit !== undefined)?.placeOf?.(['emit']);

/** Without the dots and slashes around it. */
const entriesModuleOf = ({ entriesModule }: ModuleFlags): string | undefined =>
  entriesModule
    ?.split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/');

/** A run that has read nothing yet. */
export const emptyRun = (path: string, { cwd }: Host): ModuleRun => {
  const run: ModuleRun = {
    label: path === stdinPath ? '<stdin>' : path,
    texts: new Map(),
    diagnostics: [],
    nameOf: file => {
      if (!run.source?.files.has(file)) return file;
      if (path === stdinPath) return '<stdin>';
      const name = join(run.source.label, file);
      // Of a caller in the working directory, by way of the module: up, and down again.
      return name.startsWith('..') ? relative(cwd, resolve(cwd, name)) : name;
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
  varFile: readonly string[],
  { cwd }: Host,
): Promise<ReadonlyMap<string, string> | undefined> => {
  if (varFile.length === 0) return undefined;
  const files = new Map<string, string>();
  for (const file of varFile) files.set(file, (await readNamed(file, cwd)).text);
  // Where something is in them is said, and what is in them is not: passwords stand beside the rows.
  for (const [file, text] of files) run.texts.set(file, placesOnly(text));
  return files;
};
