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
  const [here, there] = [onceIn(before), onceIn(after)];
  // Of lines that have changed places by the thousand nothing is held together.
  const found = diffArrays(commonKeys(here, there), commonKeys(there, here), { maxEditLength: 2_000 }) ?? [];
  return found
    .flatMap(({ added, removed, value }) => (added || removed ? [] : value))
    .map(line => [here.get(line) ?? 0, there.get(line) ?? 0]);
};

const commonKeys = (lines: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): string[] =>
  [...lines.keys()].filter(line => others.has(line));

/** The lines that occur once, in their order, with their places. */
const onceIn = (lines: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return new Map([...lines.entries()].flatMap(([index, line]) => (counts.get(line) === 1 ? [[line, index]] : [])));
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
