import { commentsBetween, endOfLine, startsItsLine, type Comment, type HclFile } from '../../hcl/index.ts';
import { readSuppression, type Range } from '../../diagnostics/index.ts';

/** Where a comment has the principal of a row. */
const principalKey = /\b(rolearn|userarn)\b\s*"?\s*[=:]/gi;

/** A line of such a row without its principal: brackets, another key with a value in one word, an item of a list. */
const lineOfRow = /^(#|\/\/)\s*([{}[\]]+,?|"?(username|groups)"?\s*[=:]\s*(["[{].*|\S*)|- \S+|"[^"]*",?)\s*$/i;

type CommentedOut = {
  /** Comments that hold a row, or a part of one. */
  readonly rows: ReadonlySet<Comment>;
  /** Words directly above such a row: they are about it, and not about the row that follows. */
  readonly words: ReadonlySet<Comment>;
};

const seen = new WeakMap<readonly Comment[], CommentedOut>();

/**
 * Comments that hold a row of aws-auth: code that somebody switched off, not words about a row. A line without a principal is one of
 * it only between the lines of such a comment; TAE413 counts the principals in a call, and what it does not count is kept.
 */
export const commentedOut = (file: Commented): ReadonlySet<Comment> => readCommentedOut(file).rows;

const readCommentedOut = ({ text, comments }: Commented): CommentedOut => {
  const known = seen.get(comments);
  if (known) return known;
  const runs: Comment[][] = [];
  for (const comment of comments) {
    const run = runs.at(-1);
    const between = text.slice(run?.at(-1)?.range.end, comment.range.start);
    if (run && /^[ \t\r]*\n[ \t]*$/.test(between)) run.push(comment);
    else runs.push([comment]);
  }
  const ofRows = runs.filter(run => run.some(({ text: line }) => principalsIn(line) > 0));
  const rows = new Set(ofRows.flatMap(run => run.filter(isLineOf(text))));
  const above = ofRows.flatMap(run =>
    run.slice(
      0,
      run.findLastIndex(comment => rows.has(comment)),
    ),
  );
  // One behind a row is about that.
  const words = new Set(above.filter(comment => !rows.has(comment) && startsItsLine(text, comment.range.start)));
  const found = { rows, words };
  seen.set(comments, found);
  return found;
};

type Commented = Pick<HclFile, 'text' | 'comments'>;

/** How many principals of rows a comment has. */
export const principalsIn = (text: string): number => text.match(principalKey)?.length ?? 0;

const isLineOf =
  (source: string) =>
  ({ text, range }: Comment): boolean =>
    principalsIn(text) > 0 || (lineOfRow.test(text) && startsItsLine(source, range.start));

/**
 * The comments that go with an item of a list: those above it since the previous item (or the opening bracket), inside it,
 * and behind it on its last line. A comment behind the previous item belongs to that one, one inside the next to the next, and one
 * above a row that is a comment to that.
 */
export const commentsOf = (
  file: HclFile,
  item: Range,
  previous: { readonly end: number; readonly isItem: boolean },
  nextStart: number,
): readonly string[] => {
  const lineEnd = Math.min(endOfLine(file.text, item.end), nextStart);
  // Behind the opening bracket there is no item that a comment could belong to.
  const { rows, words } = readCommentedOut(file);
  const firstLine = previous.isItem ? endOfLine(file.text, previous.end) : -1;
  return (
    commentsBetween(file.comments, previous.end, lineEnd)
      .filter(
        ({ range }) => range.start >= item.start || range.start > firstLine || startsItsLine(file.text, range.start),
      )
      // What silences a finding of the row is not about its entry.
      .filter(comment => !rows.has(comment) && !words.has(comment) && readSuppression(comment.text) === undefined)
      .map(comment => flush(file.text, comment).trimEnd())
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
export const commentedOutRows = ({ comments }: Commented, within: Pick<Range, 'start' | 'end'>): number =>
  commentsBetween(comments, within.start, within.end).reduce((count, { text }) => count + principalsIn(text), 0);
