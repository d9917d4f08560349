import type { Comment, HclFile } from '../../hcl/index.ts';
import { readSuppression, type Range } from '../../diagnostics/index.ts';

/** Comments that hold a row of aws-auth, or a part of one: they are code that somebody switched off, not words about a row. */
export const isCommentedOut = (text: string): boolean =>
  /\b(rolearn|userarn)\b\s*"?\s*[=:]/i.test(text) ||
  /^\s*(#|\/\/)\s*([{}[\]]+,?|(username|groups)"?\s*[=:].*)\s*$/.test(text);

/**
 * The comments that go with an item of a list: those above it since the previous item (or the opening bracket), inside it,
 * and behind it on its last line. A comment behind the previous item belongs to that one, one inside the next to the next.
 */
export const commentsOf = (
  file: HclFile,
  item: Range,
  previous: { readonly end: number; readonly isItem: boolean },
  nextStart: number,
): readonly string[] => {
  const lineEnd = Math.min(endOfLine(file.text, item.end), nextStart);
  // Behind the opening bracket there is no item that a comment could belong to.
  const firstLine = previous.isItem ? endOfLine(file.text, previous.end) : -1;
  return (
    commentsBetween(file.comments, previous.end, lineEnd)
      .filter(
        ({ range }) => range.start >= item.start || range.start > firstLine || startsItsLine(file.text, range.start),
      )
      .map(comment => flush(file.text, comment).trimEnd())
      // What silences a finding of the row is not about its entry.
      .filter(text => !isCommentedOut(text) && readSuppression(text) === undefined)
  );
};

/** The comments in a stretch of text and in none of the ranges, each without the indentation of its first line. */
export const commentsIn = (
  file: HclFile,
  { start, end }: Pick<Range, 'start' | 'end'>,
  except: readonly Range[] = [],
): readonly string[] =>
  commentsBetween(file.comments, start, end)
    .filter(({ range }) => !except.some(one => one.start <= range.start && range.end <= one.end))
    .map(comment => flush(file.text, comment).trimEnd());

/** The further lines of a comment without the indentation of its first. */
const flush = (text: string, comment: Comment): string => {
  const before = text.slice(text.lastIndexOf('\n', comment.range.start - 1) + 1, comment.range.start);
  return before.trim() === '' ? comment.text.replaceAll(`\n${before}`, '\n') : comment.text;
};

/** Comments with a row in them, anywhere in a stretch: reported, so that nobody misses them when the call goes. */
export const commentedOutRows = (file: HclFile, within: Range): number =>
  commentsBetween(file.comments, within.start, within.end).reduce(
    (count, { text }) => count + (text.match(/\b(rolearn|userarn)\b\s*"?\s*[=:]/gi)?.length ?? 0),
    0,
  );

/** Comments are in source order, so the first one is found by halving. */
const commentsBetween = (comments: readonly Comment[], start: number, end: number): readonly Comment[] => {
  let [low, high] = [0, comments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.range.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found: Comment[] = [];
  for (let at = low; at < comments.length; at++) {
    const comment = comments[at];
    if (!comment || comment.range.start >= end) break;
    found.push(comment);
  }
  return found;
};

const endOfLine = (text: string, from: number): number => {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline;
};

const startsItsLine = (text: string, at: number): boolean =>
  text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
