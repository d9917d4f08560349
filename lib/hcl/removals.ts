import type { Range } from '../diagnostics/index.ts';
import { remove, type Edit } from './edit.ts';
import { codeAt, hasComments, wholeLines, type Extent } from './layout.ts';
import type { Attribute, Block, HclFile, ObjectExpression, Tuple } from './tree.ts';

/** Takes the comment lines above, the comment behind, the newline, and a blank line that would be one too many. */
export const removeAttribute = (file: HclFile, attribute: Attribute): Edit => removeLines(file, attribute.range);

export const removeBlock = (file: HclFile, block: Block): Edit => removeLines(file, block.range);

export const removeItem = (file: HclFile, collection: Tuple | ObjectExpression, index: number): readonly Edit[] =>
  removeItems(file, collection, [index]);

/** Removes several items at once: where items share a line, the edits for single ones would overlap. */
export const removeItems = (
  file: HclFile,
  collection: Tuple | ObjectExpression,
  indexes: readonly number[],
): Edit[] => {
  const ranges = collection.items.map(item => item.range);
  return runsOf(indexes).flatMap(run => {
    const lines = run.map(index => wholeLines(file, rangeAt(ranges, index)));
    if (lines.every(extent => extent !== undefined))
      return lines.map(extent => ({ ...remove({ file: file.file, ...extent }), tidy: true }));
    return removeInline(
      file,
      inlineExtent(file.text, collection.range, ranges, run),
      run.map(index => rangeAt(ranges, index)),
    );
  });
};

const removeLines = (file: HclFile, range: Range): Edit => {
  const lines = wholeLines(file, range);
  if (lines) return { ...remove({ ...range, ...lines }), tidy: true };
  // `block { name = value }`: the only item of its body.
  const [before] = /[ \t]*$/.exec(file.text.slice(0, range.start)) ?? [''];
  const [after] = /^[ \t]*/.exec(file.text.slice(range.end)) ?? [''];
  return remove({ ...range, start: range.start - before.length, end: range.end + after.length });
};

/** Neighbours together, in order. */
const runsOf = (indexes: readonly number[]): number[][] => {
  const runs: number[][] = [];
  for (const index of [...new Set(indexes)].toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.at(-1) === index - 1) last.push(index);
    else runs.push([index]);
  }
  return runs;
};

/** Comments between items on one line may be about either: they stay. */
const removeInline = (file: HclFile, extent: Extent, items: readonly Range[]): readonly Edit[] => {
  const whole = { file: file.file, ...extent };
  if (!hasComments(file, extent)) return [remove(whole)];
  const ends = [extent.start, ...items.map(({ end }) => end)];
  const commas = ends.flatMap((start, index) => {
    const comma = codeAt(file, { start, end: items[index]?.start ?? extent.end }, ',');
    return comma === undefined ? [] : [remove({ ...whole, start: comma, end: comma + 1 })];
  });
  return [...items.map(remove), ...commas];
};

/** Takes the separator to the next item along; at the end, that to the one before. */
const inlineExtent = (text: string, whole: Range, ranges: readonly Range[], run: readonly number[]) => {
  const [first, last] = [run[0]!, run.at(-1)!];
  if (last < ranges.length - 1) return { start: rangeAt(ranges, first).start, end: rangeAt(ranges, last + 1).start };
  if (first > 0) return { start: rangeAt(ranges, first - 1).end, end: rangeAt(ranges, last).end };
  const inside = text.slice(rangeAt(ranges, last).end, whole.end - 1);
  return { start: whole.start + 1, end: inside.includes('\n') ? rangeAt(ranges, last).end : whole.end - 1 };
};

const rangeAt = (ranges: readonly Range[], index: number): Range => {
  const range = ranges[index];
  if (!range) throw new Error(`no item ${index} of ${ranges.length}`);
  return range;
};
