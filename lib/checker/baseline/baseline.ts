import type { Diagnostic } from '../../diagnostics/index.ts';

/**
 * Findings that were there when the baseline was written. A finding is known by its code, its root module and what it is about,
 * not by its line: what is added above it does not make it new. `count` of them are alike.
 */
export type BaselineEntry = {
  /** The directory of the root module, from the one of the baseline. */
  readonly module: string;
  readonly code: string;
  /** A principal, the address of a call; empty where the finding names none. */
  readonly subject: string;
  readonly count: number;
};

export type Baseline = readonly BaselineEntry[];

/** A finding with its module as a baseline calls it. */
export type Placed<Item> = { readonly module: string; readonly diagnostic: Diagnostic; readonly item: Item };

export type Compared<Item> = {
  readonly fresh: readonly Item[];
  readonly known: readonly Item[];
  /** What is left of entries: that many findings are gone. */
  readonly stale: Baseline;
};

/** Tells new findings from those of the baseline. Of findings that are alike the first ones are taken for the known ones. */
export const compareBaseline = <Item>(findings: readonly Placed<Item>[], baseline: Baseline): Compared<Item> => {
  const left = new Map(merged(baseline).map(entry => [keyOf(entry), entry.count]));
  const fresh: Item[] = [];
  const known: Item[] = [];
  for (const finding of findings) {
    const key = keyOf(entryOf(finding));
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    (count > 0 ? known : fresh).push(finding.item);
  }
  const stale = merged(baseline).flatMap(entry => {
    const count = left.get(keyOf(entry)) ?? 0;
    return count > 0 ? [{ ...entry, count }] : [];
  });
  return { fresh, known, stale };
};

export const baselineOf = <Item>(findings: readonly Placed<Item>[]): Baseline => merged(findings.map(entryOf));

const entryOf = <Item>({ module, diagnostic: { code, subject = '' } }: Placed<Item>): BaselineEntry => ({
  module,
  code,
  subject,
  count: 1,
});

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
