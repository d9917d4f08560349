import type { RowOutcome } from '../transformer/index.ts';
import type { State } from '../emitter/index.ts';
import { entriesOfCluster, type Entry } from './entries.ts';

/** The row in force of a principal, with its entry in the source. Of several rows it is not clear which one an entry stands for. */
export type RowWithEntry = { readonly outcome: RowOutcome; readonly entry: Entry };

export const rowsWithEntries = (state: State): readonly RowWithEntry[] =>
  state.transformed.flatMap(({ cluster, outcomes }) => {
    if (!cluster) return [];
    const entries = entriesOfCluster(state, cluster);
    const found = outcomes
      .filter(({ disposition, existing }) => disposition !== 'dropped' && existing?.where === 'source')
      .flatMap(outcome => {
        const at = outcome.existing?.related?.[0]?.range;
        const entry = entries.find(({ written: { range } }) => range.file === at?.file && range.start === at.start);
        return entry?.written.certain ? [{ outcome, entry }] : [];
      });
    const counts = new Map<Entry, number>();
    for (const { entry } of found) counts.set(entry, (counts.get(entry) ?? 0) + 1);
    return found.filter(({ entry }) => counts.get(entry) === 1);
  });
