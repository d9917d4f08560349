import type { Range } from '../diagnostics/index.ts';
import type { HclFile } from './tree.ts';

export type Extent = { readonly start: number; readonly end: number };

/** Where the line of `offset` starts, after a byte order mark. */
export const lineStart = (text: string, offset: number): number => {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\ufeff') ? 1 : start;
};

/** Where the line after that of `offset` starts. */
export const nextLine = (text: string, offset: number): number => {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
};

/** The white space that the line of `offset` starts with. */
export const indentationAt = (text: string, offset: number): string =>
  /[ \t]*/y.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';

export const startsItsLine = (text: string, offset: number): boolean =>
  text.slice(lineStart(text, offset), offset).trim() === '';

/**
 * The lines that belong to `range`: the comment lines right above it, its own, with the comma and the comments on them.
 * Undefined when it shares a line with something else.
 */
export const ownLines = (file: HclFile, range: Range): Extent | undefined => {
  const start = lineStart(file.text, range.start);
  const end = nextLine(file.text, range.end);
  const alone = codeIn(file, start, range.start) === '' && /^,?$/.test(codeIn(file, range.end, end));
  return alone ? { start: withCommentsAbove(file, start), end } : undefined;
};

/** A stretch of text without its comments and the white space at its ends. */
const codeIn = ({ text, comments }: HclFile, start: number, end: number): string => {
  let code = '';
  let at = start;
  for (let next = firstCommentAt(comments, start); ; next++) {
    const comment = comments[next]?.range;
    if (!comment || comment.end > end) return (code + text.slice(at, end)).trim();
    code += text.slice(at, comment.start);
    at = comment.end;
  }
};

/** Moves up over the comments that have their lines to themselves and no blank line below. */
const withCommentsAbove = (file: HclFile, start: number): number => {
  const { text, comments } = file;
  let top = start;
  for (let at = firstCommentAt(comments, start) - 1; at >= 0; at--) {
    const { range } = comments[at]!;
    if (nextLine(text, range.end) !== top || text.slice(range.end, top).trim() !== '') break;
    if (!startsItsLine(text, range.start)) break;
    top = lineStart(text, range.start);
  }
  return top;
};

/** The index of the first comment that starts at or after `offset`. */
const firstCommentAt = (comments: HclFile['comments'], offset: number): number => {
  let [low, high] = [0, comments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]!.range.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
};
