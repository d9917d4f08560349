import { diffArrays } from 'diff/lib/diff/array.js';
import { matchLines } from '../../hcl/index.ts';

/** A line that is equal, or only before, or only after. */
export type Line = { readonly kind: ' ' | '-' | '+'; readonly line: string };

/** Up to this many lines on both sides together the smallest diff is looked for: its cost is their square. */
const small = 400;

/** The difference of two lists of lines. Edits here are large insertions, for which a search for the smallest diff takes minutes. */
export const diffOfLines = (before: readonly string[], after: readonly string[]): Line[] => {
  const lines: Line[] = [];
  let [from, to] = [0, 0];
  for (const [at, match] of [...matchLines(before, after), before.length].entries()) {
    if (match === -1) continue;
    lines.push(...diffOfGap(before.slice(from, match), after.slice(to, at)));
    if (at < after.length) lines.push({ kind: ' ', line: after[at]! });
    [from, to] = [match + 1, at + 1];
  }
  return lines;
};

/** What lies between lines that hold the rest together. */
const diffOfGap = (before: readonly string[], after: readonly string[]): Line[] => {
  const isSmall = before.length > 0 && after.length > 0 && before.length + after.length <= small;
  if (!isSmall) return [...linesOf('-', before), ...linesOf('+', after)];
  return diffArrays([...before], [...after]).flatMap(({ added, removed, value }) =>
    linesOf(added ? '+' : removed ? '-' : ' ', value),
  );
};

const linesOf = (kind: Line['kind'], lines: readonly string[]): Line[] => lines.map(line => ({ kind, line }));
