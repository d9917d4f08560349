import { isNearChange, linesOf, type FileChange } from './diff.ts';
import { diffOfLines, type Line } from './line-diff.ts';

/** A line of one side, with its number. */
export type Side = { readonly number: number; readonly text: string };

/** What stands beside each other: an equal line on both sides, a line that is replaced, or one that has nothing beside it. */
export type Pair =
  | { readonly kind: 'equal' | 'replaced'; readonly before: Side; readonly after: Side }
  | { readonly kind: 'removed'; readonly before: Side }
  | { readonly kind: 'added'; readonly after: Side };

/** The changed lines of a file in groups, each with the equal lines around it. */
export const sideBySide = ({ before = '', after }: FileChange): readonly (readonly Pair[])[] => {
  const groups: Pair[][] = [];
  let group: Pair[] | undefined;
  const pairs = pairsOf(diffOfLines(linesOf(before), linesOf(after)));
  for (const [index, pair] of pairs.entries()) {
    if (!isNearChange(pairs, index, 'equal')) group = undefined;
    else if (group) group.push(pair);
    else groups.push((group = [pair]));
  }
  return groups;
};

/** Of what was removed and what was added in its place the first lines stand beside each other, then the second ones. */
const pairsOf = (lines: readonly Line[]): readonly Pair[] => {
  const pairs: Pair[] = [];
  let [removed, added]: [Side[], Side[]] = [[], []];
  const flush = (): void => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      const [before, after] = [removed[index], added[index]];
      if (before && after) pairs.push({ kind: 'replaced', before, after });
      else if (before) pairs.push({ kind: 'removed', before });
      else if (after) pairs.push({ kind: 'added', after });
    }
    [removed, added] = [[], []];
  };
  let [from, to] = [1, 1];
  for (const { kind, line } of lines) {
    const text = line.replace(/\r?\n$/, '');
    if (kind === '-') removed.push({ number: from++, text });
    else if (kind === '+') added.push({ number: to++, text });
    else {
      flush();
      pairs.push({ kind: 'equal', before: { number: from++, text }, after: { number: to++, text } });
    }
  }
  flush();
  return pairs;
};
