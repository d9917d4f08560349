import { isCertain } from '../parser/index.ts';
import type { NamedEntry } from './entries.ts';

/** The entries that are there for certain. Of two with one key in `merge`, the last counts. */
export const effectiveEntries = (entries: readonly NamedEntry[]): readonly NamedEntry[] => {
  const certain = entries.filter(({ written }) => isCertain(written));
  return [...new Map(certain.map(entry => [nameInPlan(entry), entry])).values()];
};

/** Two labels, or two keys of one map, are two; so are two instances of a resource. */
const nameInPlan = ({ written: { form, key, resource } }: NamedEntry): string =>
  `${form} ${key} ${resource?.key ?? ''}`;
