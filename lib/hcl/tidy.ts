import type { Edit } from './edit.ts';

/**
 * Widens removals of whole lines over the blank lines they would leave behind. `edits` are sorted and do not overlap; so are
 * those returned.
 */
export const tidyRemovals = (text: string, edits: readonly Edit[]): Edit[] => {
  const result: Edit[] = [];
  for (let at = 0; at < edits.length;) {
    const first = edits[at++]!;
    if (!first.tidy) {
      result.push(first);
      continue;
    }
    let { end } = first;
    for (let next = edits[at]; next?.tidy && isBlank(text.slice(end, next.start)); next = edits[++at]) ({ end } = next);
    // What will stand before and after: the file's text, or that of an edit right beside.
    const previous = result.at(-1);
    const follower = edits[at];
    const before = previous?.end === first.start ? previous.text : text.slice(previous?.end ?? 0, first.start);
    const after = follower?.start === end ? follower.text : text.slice(end, follower?.start);
    const { drop, skip } = blankLines(before, after, { first: !previous, last: !follower });
    if (previous?.end === first.start)
      result[result.length - 1] = { ...previous, text: previous.text.slice(0, -drop || undefined) };
    result.push({ ...first, start: previous?.end === first.start ? first.start : first.start - drop, end });
    if (follower?.start === end) {
      result.push({ ...follower, text: follower.text.slice(skip) });
      at++;
    } else result.push({ ...first, start: end, end: end + skip });
  }
  return result;
};

/** How much white space to drop from the end of `before` and to skip at the start of `after`. */
const blankLines = (
  before: string,
  after: string,
  file: { readonly first: boolean; readonly last: boolean },
): { readonly drop: number; readonly skip: number } => {
  let [drop, skip] = [0, 0];
  for (;;) {
    const above = lastLine(before, before.length - drop, file.first);
    const blankAbove = blankLine.test(above);
    const opens = opensBody.test(above) || (file.first && before.length - drop <= 1);
    const below = after.slice(skip);
    const [blankBelow] = blankLine.exec(below) ?? [];
    if (blankBelow !== undefined && (blankAbove || opens)) skip += blankBelow.length;
    else if (blankAbove && (closesBody.test(below) || (file.last && isBlank(below)))) drop += above.length;
    else return { drop, skip };
  }
};

/** The line that ends at `end`, with its newline. Of a line that starts before the text nothing is known. */
const lastLine = (text: string, end: number, first: boolean): string => {
  if (end === 0 || text[end - 1] !== '\n') return '';
  const newline = end < 2 ? -1 : text.lastIndexOf('\n', end - 2);
  return newline === -1 && !first ? '' : text.slice(newline + 1, end);
};

const blankLine = /^[ \t]*\r?\n/;
const opensBody = /[{[(][ \t]*((#|\/\/).*)?\r?\n$/;
const closesBody = /^[ \t]*[}\])]/;
const isBlank = (text: string): boolean => text.trim() === '';
