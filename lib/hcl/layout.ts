import type { Range } from '../diagnostics/index.ts';
import type { HclFile } from './tree.ts';

export type Extent = { readonly start: number; readonly end: number };

/** Where the line of `offset` starts, after a byte order mark. */
export const lineStart = (text: string, offset: number): number => {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\ufeff') ? 1 : start;
};

/** Where the text of a line ends, whatever it is part of. */
export const endOfLine = (text: string, from: number): number => {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline;
};

/** Where the line after that of `offset` starts. A comment that goes on over several lines belongs to the line it starts on. */
export const nextLine = ({ text, comments }: HclFile, offset: number): number => {
  let newline = text.indexOf('\n', offset);
  for (let at = firstCommentAt(comments, offset); newline !== -1; at++) {
    const comment = comments[at]?.range;
    if (!comment || comment.start > newline) return newline + 1;
    if (comment.end > newline) newline = text.indexOf('\n', comment.end);
  }
  return text.length;
};

/** Where the line of `offset` ends, before its newline. */
export const lineEnd = (file: HclFile, offset: number): number => {
  const next = nextLine(file, offset);
  const [newline = ''] = /\r?\n$/.exec(file.text.slice(offset, next)) ?? [];
  return next - newline.length;
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
export const wholeLines = (file: HclFile, range: Range): Extent | undefined => {
  const start = lineStart(file.text, range.start);
  const end = nextLine(file, range.end);
  const alone = codeIn(file, start, range.start) === '' && /^,?$/.test(codeIn(file, range.end, end));
  return alone ? { start: withCommentsAbove(file, start), end } : undefined;
};

/** Where a character first stands outside of comments. */
export const codeAt = ({ text, comments }: HclFile, { start, end }: Extent, char: string): number | undefined => {
  let found = text.indexOf(char, start);
  for (let at = firstCommentAt(comments, start); found !== -1 && found < end; at++) {
    const comment = comments[at]?.range;
    if (!comment || comment.start > found) return found;
    if (comment.end > found) found = text.indexOf(char, comment.end);
  }
  return undefined;
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

/** Moves up over the comments that have their lines to themselves and no blank line below. Those a file starts with are about the file. */
const withCommentsAbove = (file: HclFile, start: number): number => {
  const { text, comments } = file;
  let top = start;
  for (let at = firstCommentAt(comments, start) - 1; at >= 0; at--) {
    const { range } = comments[at]!;
    if (nextLine(file, range.end) !== top || text.slice(range.end, top).trim() !== '') break;
    if (!startsItsLine(text, range.start)) break;
    top = lineStart(text, range.start);
  }
  return top === lineStart(text, 0) ? start : top;
};

/** The comments that start in a stretch of text. They are in source order, so the first and the last are found by halving. */
export const commentsBetween = (comments: HclFile['comments'], start: number, end: number): HclFile['comments'] =>
  comments.slice(firstCommentAt(comments, start), firstCommentAt(comments, end));

/** Whether there are comments in a stretch of text. */
export const hasComments = ({ comments }: HclFile, { start, end }: Extent): boolean =>
  commentsBetween(comments, start, end).length > 0;

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
