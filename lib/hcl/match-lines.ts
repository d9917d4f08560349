/**
 * For each line of `after` the line of `before` it is, or -1. A patience diff: equal ends are matched, then the lines that
 * occur once on either side, then what lies between those likewise.
 */
export const matchLines = (before: readonly string[], after: readonly string[]): Int32Array => {
  const matches = new Int32Array(after.length).fill(-1);
  const pending = [{ low: 0, high: before.length, first: 0, last: after.length }];
  for (let span = pending.pop(); span; span = pending.pop()) {
    let { low, high, first, last } = span;
    while (low < high && first < last && before[low] === after[first]) matches[first++] = low++;
    while (low < high && first < last && before[high - 1] === after[last - 1]) matches[--last] = --high;
    if (low === high || first === last) continue;
    const anchors = longestRun(commonOnce(before, after, { low, high, first, last }));
    for (const [index, anchor] of anchors.entries()) {
      const previous = anchors[index - 1] ?? { from: low - 1, to: first - 1 };
      matches[anchor.to] = anchor.from;
      pending.push({ low: previous.from + 1, high: anchor.from, first: previous.to + 1, last: anchor.to });
    }
    const end = anchors.at(-1);
    if (end) pending.push({ low: end.from + 1, high, first: end.to + 1, last });
  }
  return matches;
};

type Pair = { readonly from: number; readonly to: number };
type Span = { readonly low: number; readonly high: number; readonly first: number; readonly last: number };

/** The lines that both sides have exactly once, in the order of `after`. */
const commonOnce = (before: readonly string[], after: readonly string[], { low, high, first, last }: Span): Pair[] => {
  const places = new Map<string, number>();
  for (let at = low; at < high; at++) places.set(before[at]!, places.has(before[at]!) ? -1 : at);
  const seen = new Map<string, number>();
  for (let at = first; at < last; at++) seen.set(after[at]!, (seen.get(after[at]!) ?? 0) + 1);
  const pairs: Pair[] = [];
  for (let to = first; to < last; to++) {
    const from = places.get(after[to]!) ?? -1;
    if (from !== -1 && seen.get(after[to]!) === 1) pairs.push({ from, to });
  }
  return pairs;
};

/** The longest subsequence that increases on both sides (patience sorting). */
const longestRun = (pairs: readonly Pair[]): Pair[] => {
  const tops: number[] = [];
  const previous: number[] = [];
  for (const [index, { from }] of pairs.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tops[middle]!]!.from < from) low = middle + 1;
      else high = middle;
    }
    previous.push(tops[low - 1] ?? -1);
    tops[low] = index;
  }
  const run: Pair[] = [];
  for (let at = tops.at(-1) ?? -1; at !== -1; at = previous[at]!) run.push(pairs[at]!);
  return run.toReversed();
};
