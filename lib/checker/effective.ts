import type { Entry } from './entries.ts';

/** The entries that are there for certain. Of two with one key in `merge`, the last counts. */
export const effectiveEntries = (entries: readonly Entry[]): readonly Entry[] => {
  const certain = entries.filter(({ written }) => written.certain);
  return [...new Map(certain.map(entry => [`${entry.written.form} ${entry.written.key}`, entry])).values()];
};
