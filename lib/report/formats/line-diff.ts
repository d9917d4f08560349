import { diffArrays } from 'diff/lib/diff/array.js';

/** A run of lines that are equal, or only before, or only after. */
export type LineChange = { readonly kind: ' ' | '-' | '+'; readonly lines: readonly string[] };

/** Up to this many lines on both sides together the smallest diff is looked for: its cost is their square. */
const small = 400;

/**
 * The difference of two lists of lines. Edits here are large insertions in text that stays, for which a search for the
 * smallest diff takes minutes: equal ends are taken off first, then lines that occur once on both sides hold the rest
 * together (https://bramcohen.livejournal.com/73318.html), and small gaps are diffed as usual.
 */
export const diffOfLines = (before: readonly string[], after: readonly string[]): LineChange[] => {
  let head = 0;
  const shortest = Math.min(before.length, after.length);
  while (head < shortest && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return merged([
    { kind: ' ', lines: before.slice(0, head) },
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    { kind: ' ', lines: before.slice(before.length - tail) },
  ]);
};

const middle = (before: readonly string[], after: readonly string[]): LineChange[] => {
  const replaced: LineChange[] = [
    { kind: '-', lines: before },
    { kind: '+', lines: after },
  ];
  if (before.length === 0 || after.length === 0) return replaced;
  if (before.length + after.length <= small) return smallest(before, after);
  const anchors = commonAnchors(before, after);
  if (anchors.length === 0) return replaced;
  const changes: LineChange[] = [];
  let from: Anchor = [-1, -1];
  for (const anchor of [...anchors, [before.length, after.length] as const]) {
    changes.push(...diffOfLines(before.slice(from[0] + 1, anchor[0]), after.slice(from[1] + 1, anchor[1])));
    changes.push({ kind: ' ', lines: before.slice(anchor[0], anchor[0] + 1) });
    from = anchor;
  }
  return changes;
};

const smallest = (before: readonly string[], after: readonly string[]): LineChange[] =>
  diffArrays([...before], [...after]).map(({ added, removed, value }) => ({
    kind: added ? '+' : removed ? '-' : ' ',
    lines: value,
  }));

/** A line's index before and after. */
type Anchor = readonly [number, number];

/** Lines that occur once on both sides, as many as stand in the same order on both. */
const commonAnchors = (before: readonly string[], after: readonly string[]): Anchor[] => {
  const there = onceIn(after);
  const pairs: Anchor[] = [];
  for (const [line, index] of onceIn(before)) {
    const match = there.get(line);
    if (match !== undefined) pairs.push([index, match]);
  }
  return longestIncreasing(pairs.toSorted(([left], [right]) => left - right));
};

const onceIn = (lines: readonly string[]): Map<string, number> => {
  const found = new Map<string, number>();
  const repeated = new Set<string>();
  lines.forEach((line, index) => {
    if (found.has(line)) repeated.add(line);
    else found.set(line, index);
  });
  for (const line of repeated) found.delete(line);
  return found;
};

/** Patience sorting: the longest run of pairs whose second index increases. */
const longestIncreasing = (pairs: readonly Anchor[]): Anchor[] => {
  type Link = { readonly pair: Anchor; readonly previous: Link | undefined };
  const piles: Link[] = [];
  for (const pair of pairs) {
    let low = 0;
    let high = piles.length;
    while (low < high) {
      const half = (low + high) >> 1;
      if ((piles[half]?.pair[1] ?? 0) < pair[1]) low = half + 1;
      else high = half;
    }
    piles[low] = { pair, previous: piles[low - 1] };
  }
  const chain: Anchor[] = [];
  for (let link = piles.at(-1); link !== undefined; link = link.previous) chain.push(link.pair);
  return chain.toReversed();
};

/** Removed lines before added ones, and one run where several follow one another. */
const merged = (changes: readonly LineChange[]): LineChange[] => {
  const runs: LineChange[] = [];
  const open: Record<LineChange['kind'], string[]> = { ' ': [], '-': [], '+': [] };
  const close = (...kinds: LineChange['kind'][]): void => {
    for (const kind of kinds) {
      if (open[kind].length > 0) runs.push({ kind, lines: open[kind] });
      open[kind] = [];
    }
  };
  for (const { kind, lines } of changes) {
    if (lines.length === 0) continue;
    if (kind === ' ') close('-', '+');
    else close(' ');
    for (const line of lines) open[kind].push(line);
  }
  close(' ', '-', '+');
  return runs;
};
