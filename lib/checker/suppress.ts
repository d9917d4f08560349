import { codes, diagnose, isCode, readSuppression, type Code, type Diagnostic } from '../diagnostics/index.ts';
import type { Comment, HclFile } from '../hcl/index.ts';

export type Suppressed = { readonly left: readonly Diagnostic[]; readonly suppressed: readonly Diagnostic[] };

/** One code of one comment, and the text in which findings must begin for it. */
type Silencer = { readonly code: Code; readonly comment: Comment; readonly start: number; readonly end: number };

/** What the check of another module judges: comments in files of its own, and those for codes that it finds here. */
export type JudgedElsewhere = { readonly files: readonly HclFile[]; readonly codes: readonly Code[] };

/**
 * Takes away the findings that a comment with a reason is about, on its line or on the one below. A comment that says too little,
 * or is about nothing, becomes a finding itself: it would hide what comes later.
 */
export const suppress = (
  files: readonly HclFile[],
  diagnostics: readonly Diagnostic[],
  elsewhere: JudgedElsewhere = { files: [], codes: [] },
): Suppressed => {
  const read = [...files, ...elsewhere.files].flatMap(file => file.comments.map(comment => readComment(file, comment)));
  const silencers = read.flatMap(comment => comment.silencers);
  const used = new Set<Silencer>();
  const isSilenced = ({ code, range }: Diagnostic): boolean => {
    const found = silencers.filter(
      silencer =>
        silencer.code === code &&
        silencer.comment.range.file === range?.file &&
        silencer.start <= range.start &&
        range.start < silencer.end,
    );
    for (const silencer of found) used.add(silencer);
    return found.length > 0;
  };
  const suppressed = diagnostics.filter(isSilenced);
  const silenced = new Set(suppressed);
  const judged = new Set(files.map(({ file }) => file));
  const idle = silencers.filter(
    silencer =>
      !used.has(silencer) && judged.has(silencer.comment.range.file) && !elsewhere.codes.includes(silencer.code),
  );
  return {
    left: [
      ...diagnostics.filter(diagnostic => !silenced.has(diagnostic)),
      ...read.flatMap(({ problems }) => problems.filter(({ range }) => range && judged.has(range.file))),
      ...idle.map(({ code, comment }) => diagnose('TAE704', { code }, comment.range)),
    ],
    suppressed,
  };
};

type ReadComment = { readonly silencers: readonly Silencer[]; readonly problems: readonly Diagnostic[] };

const readComment = (file: HclFile, comment: Comment): ReadComment => {
  const found = readSuppression(comment.text);
  if (!found) return { silencers: [], problems: [] };
  const problem = (reason: string): Diagnostic => diagnose('TAE703', { reason }, comment.range);
  if (found.codes.length === 0) return { silencers: [], problems: [problem('it names no code')] };
  if (found.reason === '') return { silencers: [], problems: [problem('it gives no reason')] };
  const target = targetOf(file, comment);
  return {
    silencers: found.codes.filter(isSilenceable).map(code => ({ code, comment, ...target })),
    problems: found.codes
      .filter(code => !isSilenceable(code))
      .map(code => problem(isCode(code) ? `${code} cannot be silenced` : `there is no code ${code}`)),
  };
};

/** What stops the run is no finding among others, and a comment does not vouch for comments. */
const isSilenceable = (code: string): code is Code =>
  isCode(code) && codes[code].exit < 2 && code !== 'TAE703' && code !== 'TAE704';

/**
 * The line of the comment where code stands on it too, else the first line below that has code on it: comments may stand in a row.
 * An empty line ends the row.
 */
const targetOf = ({ text, comments }: HclFile, comment: Comment): { readonly start: number; readonly end: number } => {
  const [before, after] = surroundings(text, comment);
  if (before !== '' || after !== '') {
    return { start: lineStart(text, comment.range.start), end: lineEnd(text, comment.range.end) };
  }
  let start = lineEnd(text, endOf(comment)) + 1;
  for (const next of comments.slice(comments.indexOf(comment) + 1)) {
    const starts = lineStart(text, next.range.start) === start;
    if (!starts || surroundings(text, next).some(code => code !== '')) break;
    start = lineEnd(text, endOf(next)) + 1;
  }
  return { start, end: lineEnd(text, start) };
};

/** What stands on the lines of a comment before and behind it. */
const surroundings = (text: string, comment: Comment): readonly [before: string, after: string] => [
  text.slice(lineStart(text, comment.range.start), comment.range.start).trim(),
  text.slice(endOf(comment), lineEnd(text, endOf(comment))).trim(),
];

/** A line comment may be taken to hold its newline. */
const endOf = ({ range, text }: Comment): number => range.end - (text.length - text.trimEnd().length);

const lineStart = (text: string, offset: number): number => (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1);

const lineEnd = (text: string, offset: number): number => {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline;
};
