import { byPlace, defined, diagnose, Refusal, type Diagnostic, type Range } from './diagnostics/index.ts';
import { obstaclesIn, type EmitOptions, type Phase, type Phased, type State } from './emitter/index.ts';
import type { HclFile } from './hcl/index.ts';
import type { AwsAuthFile } from './parser/aws-auth/live/read-config-map.ts';
import {
  configMapName,
  readSource,
  readPhasedSource,
  readWrittenMasters,
  relocator,
  asHanded,
  withoutNumbers,
  withoutPhase,
} from './parser/index.ts';
import {
  modulesJsonPath,
  readRootModule,
  readVariableFile,
  type RootModule,
  type Runtime,
  type Value,
} from './terraform/index.ts';
import { readCallers } from './read-callers.ts';
import { readWays } from './read-ways.ts';
import { blockTwice, sayRowsElsewhere, transform } from './transformer/index.ts';

/** What a root module is read with, whatever is done with it then. */
export type ReadOptions = EmitOptions & {
  readonly runtime: Runtime;
  readonly awsAuth?: AwsAuthFile;
  readonly variableFiles?: ReadonlyMap<string, string>;
  /** It is a revision of a module whose callers were read. */
  readonly hadCallers?: boolean;
  /** How commands name the root module. */
  readonly directory?: string;
};

/** Reads the files of a module and decides what each row becomes. Trees are kept in `trees`, by file and text. */
export const readState = async (
  texts: ReadonlyMap<string, string>,
  options: ReadOptions,
  trees: Map<string, HclFile> = new Map(),
): Promise<State> => {
  const { config, configs, runtime, variableFiles, emit, awsAuth } = options;
  const written = await readRootModule(texts, runtime, trees);
  const phased = phasedIn(written, texts);
  const files = phased ? new Map([...texts, ...phased.files]) : texts;
  const module = phased ? await readRootModule(files, runtime, trees) : written;
  const { raw, elsewhere, wrappers } = await readWays(module, files, options);
  const masters = await readWrittenMasters(module);
  const localModules = new Map([...wrappers].map(([name, { source }]) => [name, source.module]));
  const inputs = {
    raw,
    elsewhere,
    masters,
    localModules,
    ...defined({ emit, awsAuth, pairPlace: pairPlaceIn(configs) }),
  };
  const read = readSource(module, files.get(modulesJsonPath), config, inputs);
  const { handed, calls, writersBeside, diagnostics } = await readCallers(read, options.callers ?? [], files, {
    ...options,
    once: options.hadCallers,
  });
  const numberless = { callers: withoutNumbers(files, calls) };
  const more = {
    ...(calls.length === 0 ? {} : { calls }),
    ...(writersBeside.length === 0 ? {} : { writersBeside }),
    ...(phased ? { phased: { ...phased, ...numberless } } : {}),
  };
  const source = {
    ...(handed ? asHanded(read, handed) : read),
    diagnostics: [...read.diagnostics, ...diagnostics],
  };
  const variables = variableFiles && (await readVariables(variableFiles, runtime));
  const given = { ...options, ...defined({ variables }) };
  const transformed = transform(source, given);
  if (!handed) return { source, transformed, options, ...more };
  const takenKeys = keysIn(source, transformed);
  const ofCallers = handed.callers.flatMap(caller => transform(caller.source, { ...given, takenKeys }));
  return { source, transformed: [...transformed, ...blockTwice(transformed, ofCallers)], options, handed, ...more };
};

/** The nearest of the configs decides. */
const pairPlaceIn = (configs: ReadOptions['configs']): Range | undefined =>
  configs?.find(({ config }) => config.pair?.[configMapName] !== undefined)?.placeOf?.(['pair', configMapName]);

/** The keys of the entries that the module itself makes or will make: a caller's go into one map with them. */
const keysIn = ({ clusters }: State['source'], transformed: State['transformed']): ReadonlySet<string> =>
  new Set([
    ...clusters.flatMap(({ existing }) => existing.entries.flatMap(({ key }) => key ?? [])),
    ...transformed.flatMap(({ entries }) => entries.map(({ key }) => key)),
  ]);

/** A source that serves several environments is read as it is without the variable: what it says for one, it says for all. */
const phasedIn = (module: RootModule, given: ReadonlyMap<string, string>): Omit<Phased, 'callers'> | undefined => {
  const found = readPhasedSource(module);
  if (!found) return undefined;
  const files = withoutPhase(given, found);
  return { ...found, files, place: relocator(given, files, new Set(found.others)) };
};

/** The values that files give to variables; of one that is in several of them the last counts. `isFound`: nobody has named them. */
export const readVariables = async (
  files: ReadonlyMap<string, string>,
  { parser }: Runtime,
  { isFound = false } = {},
): Promise<ReadonlyMap<string, Value>> => {
  const values = new Map<string, Value>();
  for (const [path, text] of files) {
    const read = await readVariableFile(path, text, parser);
    if ('reason' in read) throw new Refusal(diagnose('TAE015', { path, reason: read.reason, isFound }, read.range));
    for (const [name, value] of read.values) values.set(name, value);
  }
  return values;
};

/** All that is said about the source before a phase is written, by place. */
export const findings = (state: State, phases: readonly Phase[]): readonly Diagnostic[] => {
  const { source, transformed } = state;
  const rows = transformed.flatMap(({ outcomes, diagnostics }) => [
    ...diagnostics,
    ...outcomes.flatMap(outcome => outcome.diagnostics),
  ]);
  return byPlace([...source.diagnostics, ...sayRowsElsewhere(source), ...obstaclesIn(state, phases), ...rows]);
};
