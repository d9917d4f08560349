import type { Range } from '../diagnostics/index.ts';
import { remove, type Edit } from './edit.ts';
import { codeAt, hasComments, wholeLines, type Extent } from './layout.ts';
import type { Attribute, Block, HclFile, ObjectExpression, Tuple } from './tree.ts';

/** Takes the comment lines above, the comment behind, the newline, and a blank line that would be one too many. */
export const removeAttribute = (file: HclFile, attribute: Attribute): Edit => removeLines(file, attribute.range);

export const removeBlock = (file: HclFile, block: Block): Edit => removeLines(file, block.range);

export const removeItem = (
  file: HclFile,
  { items, range }: Tuple | ObjectExpression,
  index: number,
): readonly Edit[] => {
  const ranges = items.map(item => item.range);
  const item = ranges[index];
  if (!item) throw new Error(`no item ${index} of ${ranges.length}`);
  const lines = wholeLines(file, item);
  if (lines) return [{ ...remove({ file: file.file, ...lines }), tidy: true }];
  return removeInline(file, inlineExtent(file.text, range, item, ranges[index - 1], ranges[index + 1]), item);
};

const removeLines = (file: HclFile, range: Range): Edit => {
  const lines = wholeLines(file, range);
  if (lines) return { ...remove({ ...range, ...lines }), tidy: true };
  // `block { name = value }`: the only item of its body.
  const [before] = /[ \t]*$/.exec(file.text.slice(0, range.start)) ?? [''];
  const [after] = /^[ \t]*/.exec(file.text.slice(range.end)) ?? [''];
  return remove({ ...range, start: range.start - before.length, end: range.end + after.length });
};

/** Comments between items on one line may be about either: they stay. */
const removeInline = (file: HclFile, extent: Extent, item: Range): readonly Edit[] => {
  const whole = { ...item, ...extent };
  if (!hasComments(file, extent)) return [remove(whole)];
  const gaps = [
    { start: extent.start, end: item.start },
    { start: item.end, end: extent.end },
  ];
  const commas = gaps.flatMap(gap => codeAt(file, gap, ',') ?? []);
  return [remove(item), ...commas.map(comma => remove({ ...whole, start: comma, end: comma + 1 }))];
};

/** Takes the separator to the next item along; at the end, that to the one before. */
const inlineExtent = (
  text: string,
  whole: Range,
  { start, end }: Range,
  before: Range | undefined,
  after: Range | undefined,
): Extent => {
  if (after) return { start, end: after.start };
  if (before) return { start: before.end, end };
  return { start: whole.start + 1, end: text.slice(end, whole.end - 1).includes('\n') ? end : whole.end - 1 };
};
