import { isCertain } from '../parser/index.ts';
import type { RowOutcome } from '../transformer/index.ts';
import type { State } from '../emitter/index.ts';
import { entriesOfCluster, type NamedEntry } from './entries.ts';

/** The row in force of a principal, with its entry in the source. Of several rows it is not clear which one an entry stands for. */
export type RowWithEntry = { readonly outcome: RowOutcome; readonly entry: NamedEntry };

export const rowsWithEntries = (state: State): readonly RowWithEntry[] =>
  state.transformed.flatMap(({ cluster, outcomes }) => {
    if (!cluster) return [];
    const entries = entriesOfCluster(state, cluster);
    const found = outcomes
      .filter(({ disposition }) => disposition !== 'dropped')
      .flatMap(outcome => {
        const entry = entries.find(({ written }) => written === outcome.existing?.entry);
        return entry && isCertain(entry.written) ? [{ outcome, entry }] : [];
      });
    const counts = new Map<NamedEntry, number>();
    for (const { entry } of found) counts.set(entry, (counts.get(entry) ?? 0) + 1);
    return found.filter(({ entry }) => counts.get(entry) === 1);
  });
