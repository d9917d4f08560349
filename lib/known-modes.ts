import { Refusal } from './diagnostics/index.ts';
import type { KnownMode, State } from './emitter/index.ts';
import { autoLoader, fileWith, merged, readLayer, type AutoLoadedFiles, type Layer } from './environment-values.ts';
import type { NumberedCall } from './parser/index.ts';
import type { ReportEnvironment } from './report/report.ts';
import {
  evaluate,
  givenByCall,
  isAutoLoaded,
  knownString,
  readsVariable,
  referencesOf,
  variableValues,
  type RootModule,
  type Runtime,
} from './terraform/index.ts';

type Load = ReturnType<typeof autoLoader>;
type Expression = Parameters<typeof evaluate>[0];

type ValueFiles = {
  readonly variableFiles?: ReadonlyMap<string, string>;
  readonly autoLoadedFiles?: AutoLoadedFiles;
};

/**
 * What is known of each mode that is an expression: in every environment that is known, in every call of the module, or by the defaults of
 * variables. Files that Terraform loads by itself in a root module count before defaults.
 */
export const knownModes = async (
  state: State,
  environments: readonly ReportEnvironment[],
  { variableFiles = new Map(), autoLoadedFiles }: ValueFiles,
  runtime: Runtime,
): Promise<NonNullable<State['modes']>> => {
  const { source, calls = [] } = state;
  const told = environments.filter(({ modes }) => modes !== undefined);
  const load = autoLoader(autoLoadedFiles, runtime);
  const found = new Map<string, readonly KnownMode[]>();
  for (const { address, mode } of source.clusters) {
    if (mode.kind !== 'expression') continue;
    const { value } = mode.attribute;
    if (told.length > 0) found.set(address, told.map(inEnvironment(address)));
    else if (calls.length === 0) found.set(address, [await inRoot(source, value, variableFiles, load, runtime)]);
    else found.set(address, await Promise.all(calls.map(call => inCall(source.module, value, call, load))));
  }
  return found;
};

const inEnvironment =
  (address: string) =>
  ({ file, call, modes = [] }: ReportEnvironment): KnownMode => {
    const value = modes.find(({ cluster }) => cluster === address)?.mode ?? undefined;
    return { value, of: call ?? file };
  };

const inRoot = async (
  { module, graph }: State['source'],
  value: Expression,
  variableFiles: ReadonlyMap<string, string>,
  load: Load,
  runtime: Runtime,
): Promise<KnownMode> => {
  if (evaluate(value, module.scope).kind !== 'unknown') return { value: knownString(evaluate(value, module.scope)) };
  const layers = await readable(async () => {
    const named = [];
    for (const [file, text] of variableFiles) named.push(await readLayer(file, text, runtime));
    return [...(await load('.')), ...named];
  });
  if (!layers) return { value: undefined };
  const values = merged(layers);
  const start = referencesOf(value);
  const deciding = [...values.keys()].filter(name => readsVariable(graph, start, one => one === name));
  const of = fileWith(deciding, layers);
  return {
    value: knownString(evaluate(value, module.scopeWith(variableValues(module, values)))),
    // A file that is named for the report says nothing of a plan.
    ...(of !== undefined && isAutoLoaded(of) ? { of } : {}),
  };
};

/** By what the call says, and else by the files of its root module; a default there may be that of no environment. */
const inCall = async (
  called: RootModule,
  value: Expression,
  { title, block, module, place }: NumberedCall,
  load: Load,
): Promise<KnownMode> => {
  const by = (caller: Pick<RootModule, 'scope'>): string | undefined =>
    block && knownString(evaluate(value, called.scopeWith(variableValues(called, givenByCall(called, block, caller)))));
  const own = by(module);
  if (own !== undefined || !block || block.isUnit || place.roots) return { of: title, value: own };
  const layers = await readable(() => load(place.directory));
  return { of: title, value: layers && by({ scope: module.scopeWith(merged(layers)) }) };
};

/** Of a file that cannot be read nothing is known. */
const readable = async (read: () => Promise<readonly Layer[]>): Promise<readonly Layer[] | undefined> => {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
};
