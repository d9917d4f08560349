import { diagnose, type Diagnostic } from './diagnostics/index.ts';
import {
  isCalled,
  nameVariableOf,
  numberedCalls,
  readCaller,
  takenBy,
  variablesWithRows,
  type Caller,
  type CallerPlace,
  type Handed,
  type NumberedCall,
  type Source,
} from './parser/index.ts';
import { readRootModule, type Runtime } from './terraform/index.ts';
import { sayWritersBeside } from './read-writers-beside.ts';
import { transform, type TransformOptions } from './transformer/index.ts';

/** What the callers of a module hand to it, or why their rows stay what only a plan knows; and the phase that each call gives. */
export type ReadCallers = {
  readonly handed?: Handed;
  readonly calls: readonly NumberedCall[];
  /** What says that a caller writes aws-auth, too. */
  readonly writersBeside: readonly Diagnostic[];
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * Reads the root modules that call the module at hand. Rows move to their callers where all of them write them out: the module converts a list for all
 * of them or for none, since an entry that is made twice fails the apply.
 */
export const readCallers = async (
  source: Source,
  places: readonly CallerPlace[],
  files: ReadonlyMap<string, string>,
  { runtime, once, ...options }: TransformOptions & { readonly runtime: Runtime; readonly once?: boolean | undefined },
): Promise<ReadCallers> => {
  const modules = [];
  for (const place of places)
    modules.push({ place, module: await readRootModule(files, runtime, new Map(), place.directory) });
  const [cluster] = source.clusters;
  const nameVariable = cluster && isCalled(cluster) ? nameVariableOf(cluster) : undefined;
  const calls: NumberedCall[] = [];
  const beside: Diagnostic[] = [];
  for (const { module, place } of modules) {
    const ofPlace = numberedCalls(module, place, source.module, nameVariable);
    calls.push(...ofPlace);
    if (ofPlace.length > 0) beside.push(...(await sayWritersBeside(source, module, place, files, runtime)));
  }
  const found = { calls, writersBeside: beside };
  const taken = places.length > 0 ? takenBy(source, { once }) : undefined;
  if (!taken) return { ...found, diagnostics: [] };
  const defaults = variablesWithRows(source.module);
  const read = modules.map(({ module, place }) => readCaller(module, place, taken, defaults, source.module));
  const untold = read.flatMap(one => one.untold);
  const callers = read.map(({ caller }) => caller).filter(one => one.calls.length > 0);
  // Whoever hands over entries has moved its rows: the list cannot be converted for one and not for the other.
  const isMoved = taken.entries.isWritten && callers.some(one => hasMoved(one, options));
  if (untold.length > 0) {
    return {
      ...found,
      diagnostics: untold.map(({ range, ...args }) => diagnose(isMoved ? 'TAE271' : 'TAE457', args, range)),
    };
  }
  if (callers.length === 0) return { ...found, diagnostics: [] };
  const { lists, entries, cluster: made } = taken;
  return { handed: { lists, entries, cluster: made, callers }, ...found, diagnostics: [] };
};

/**
 * Rows of it have their entries. Those whose principals the source does not tell may be of rows; one of somebody else moves no row.
 */
const hasMoved = ({ calls, source }: Caller, options: TransformOptions): boolean =>
  calls.some(
    ({ cluster: { existing }, mapping }) =>
      (mapping?.rows ?? []).length > 0 &&
      (existing.unread.length > 0 ||
        existing.entries.some(({ identity, presence }) => identity === undefined && presence !== 'never')),
  ) ||
  transform(withoutBeside(source), options).some(({ outcomes }) =>
    outcomes.some(({ existing }) => existing && existing.entry.form !== 'live'),
  );

/** What the module itself makes moves no row of a caller. */
const withoutBeside = (source: Source): Source => ({
  ...source,
  pairs: source.pairs.map(({ cluster, mapping }) => {
    const { beside: _, ...existing } = cluster.existing;
    return { mapping, cluster: { ...cluster, existing } };
  }),
});
