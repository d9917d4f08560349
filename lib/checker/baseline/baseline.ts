import type { Diagnostic } from '../../diagnostics/index.ts';

/**
 * Findings that were there when the baseline was written. A finding is known by its code, its root module and what it is about,
 * not by its line: what is added above it does not make it new. `count` of them are alike.
 */
export type BaselineEntry = {
  /** The directory of the root module, from the one of the baseline. */
  readonly module: string;
  readonly code: string;
  /** A principal, an access entry, the address of a call; empty where the finding names none. */
  readonly subject: string;
  readonly count: number;
};

export type Baseline = readonly BaselineEntry[];

/** The entry that stands for a finding alone. `module` is how the baseline calls its root module. */
export const entryOf = (module: string, { code, subject = '' }: Diagnostic): BaselineEntry => ({
  module,
  code,
  subject,
  count: 1,
});

/** Tells findings that the baseline has, the first ones of those that are alike, and what is left of entries: that many are gone. */
export const compareBaseline = <Found extends { readonly entry: BaselineEntry }>(
  findings: readonly Found[],
  baseline: Baseline,
): { readonly known: readonly Found[]; readonly stale: Baseline } => {
  const left = new Map(merged(baseline).map(entry => [keyOf(entry), entry]));
  const known = findings.filter(({ entry }) => {
    const same = left.get(keyOf(entry));
    if (!same || same.count === 0) return false;
    left.set(keyOf(entry), { ...same, count: same.count - 1 });
    return true;
  });
  return { known, stale: [...left.values()].filter(({ count }) => count > 0) };
};

/** One entry for what is alike, in a fixed order: the same findings give the same text. */
export const merged = (entries: Baseline): Baseline => {
  const found = new Map<string, BaselineEntry>();
  for (const entry of entries) {
    const key = keyOf(entry);
    found.set(key, { ...entry, count: entry.count + (found.get(key)?.count ?? 0) });
  }
  return [...found.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
};

const keyOf = ({ module, code, subject }: BaselineEntry): string => [module, code, subject].join('\u0000');
