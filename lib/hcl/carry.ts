import type { Range } from '../diagnostics/index.ts';
import type { Edit } from './edit.ts';
import { applyEdits } from './apply-edits.ts';
import { wholeLines } from './layout.ts';
import type { HclFile } from './tree.ts';

/** The text of a range with those of the edits that lie in it. */
export const carryRange = (
  { file, text }: Pick<HclFile, 'file' | 'text'>,
  { start, end }: Range,
  edits: readonly Edit[],
): string => {
  const inside = edits.filter(edit => edit.file === file && liesIn(edit, { start, end }));
  return applyEdits(
    text.slice(start, end),
    inside.map(edit => ({ ...edit, start: edit.start - start, end: edit.end - start })),
  );
};

/** The lines of an argument with the comments that belong to it, without the last newline; the argument alone where it shares a line. */
export const carryLines = (file: HclFile, range: Range, edits: readonly Edit[]): string => {
  const lines = wholeLines(file, range);
  return carryRange(file, { ...range, ...lines }, edits).replace(/\r?\n$/, '');
};

/** The edits that lie in none of the ranges. */
export const editsOutside = (edits: readonly Edit[], ranges: readonly Range[]): readonly Edit[] =>
  edits.filter(edit => !ranges.some(range => edit.file === range.file && liesIn(edit, range)));

/** What is put right before a range or right behind it is not in it. */
const liesIn = (edit: Pick<Edit, 'start' | 'end'>, { start, end }: Pick<Range, 'start' | 'end'>): boolean =>
  start <= edit.start && edit.end <= end && !(edit.start === edit.end && [start, end].includes(edit.start));

/** The lines of an argument up to its value, and those behind it, without the last newline. */
export const linesAround = (file: HclFile, range: Range, value: Range): readonly [before: string, after: string] => {
  const { start, end } = wholeLines(file, range) ?? range;
  return [file.text.slice(start, value.start), file.text.slice(value.end, end).replace(/\r?\n$/, '')];
};
