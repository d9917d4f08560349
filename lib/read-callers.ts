import { diagnose, type Diagnostic } from './diagnostics/index.ts';
import {
  readCaller,
  takenBy,
  titleOf,
  variablesWithRows,
  type Caller,
  type CallerPlace,
  type Handed,
  type Source,
} from './parser/index.ts';
import { readRootModule, type Runtime } from './terraform/index.ts';

/** What the callers of a module hand to it, or why their rows stay what only a plan knows. */
export type ReadCallers = { readonly handed?: Handed; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads the root modules that call the module at hand. Rows move to their callers where all of them write them out: the module converts a list for all
 * of them or for none, since an entry that is made twice fails the apply.
 */
export const readCallers = async (
  source: Source,
  places: readonly CallerPlace[],
  files: ReadonlyMap<string, string>,
  { runtime, stays, once }: { readonly runtime: Runtime; readonly stays: boolean; readonly once?: boolean | undefined },
): Promise<ReadCallers> => {
  const taken = places.length > 0 ? takenBy(source, { once }) : undefined;
  if (!taken) return { diagnostics: [] };
  const defaults = variablesWithRows(source.module);
  const read = [];
  for (const place of places)
    read.push(readCaller(await readRootModule(files, runtime, new Map(), place.directory), place, taken, defaults));
  const untold = read.flatMap(one => one.untold);
  const callers = read.map(({ caller }) => caller).filter(({ calls }) => calls.length > 0);
  // Whoever hands over entries has moved its rows: the list cannot be converted for one and not for the other.
  const [moved] = taken.entries.isWritten ? callers.flatMap(({ calls }) => calls.filter(hasMoved)) : [];
  const isMoved = moved !== undefined;
  if (stays) {
    if (!moved) return { diagnostics: [] };
    const { cluster: call } = moved;
    return { diagnostics: [diagnose('TAE274', { call: titleOf(call) }, call.block.headerRange)] };
  }
  if (untold.length > 0) {
    return {
      diagnostics: untold.map(({ range, ...args }) => diagnose(isMoved ? 'TAE271' : 'TAE457', args, range)),
    };
  }
  if (callers.length === 0) return { diagnostics: [] };
  const { lists, entries, cluster } = taken;
  return { handed: { lists, entries, cluster, callers }, diagnostics: [] };
};

const hasMoved = ({ cluster: { existing }, mapping }: Caller['calls'][number]): boolean =>
  (mapping?.rows ?? []).length > 0 && existing.entries.length > 0;
