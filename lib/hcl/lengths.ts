import { scanOutline } from './lexer.ts';

/**
 * Both parsers take time with the square of these: the grammar's scanner goes over white space again for each of its characters,
 * HashiCorp's over a heredoc for each of its lines. At the limits it is seconds.
 */
const maxBlanks = 2000;
// As many rows as a cluster may have entries, of five lines each.
const maxHeredocLines = 16_000;
/** What stands in one line, a string most likely, takes both parsers ten seconds for each of these that it has. */
const maxLine = 250_000;

type TooLong = { readonly at: number; readonly what: string };

/** White space, a line or a heredoc that would take minutes to read. */
export const findTooLong = (text: string): TooLong | undefined => {
  const blanks = findRun(text, /[\t-\r ]+/g, maxBlanks);
  if (blanks !== undefined)
    return { at: blanks + maxBlanks, what: `more than ${maxBlanks} blanks or empty lines in a row` };
  const line = findRun(text, /[^\n]+/g, maxLine);
  if (line !== undefined) return { at: line, what: `a line of more than ${maxLine} characters` };
  const heredoc = text.includes('<<') ? findHeredoc(text) : undefined;
  return heredoc === undefined ? undefined : { at: heredoc, what: `a heredoc of more than ${maxHeredocLines} lines` };
};

/** Where a run of characters begins that is longer. */
const findRun = (text: string, run: RegExp, most: number): number | undefined => {
  for (const { 0: found, index } of text.matchAll(run)) if (found.length > most) return index;
  return undefined;
};

const findHeredoc = (text: string): number | undefined => {
  let lines = 0;
  let found: number | undefined;
  scanOutline(text, (mark, at) => {
    if (mark === 'newline') lines = 0;
    if (mark === 'heredoc-line' && ++lines > maxHeredocLines) found ??= at;
  });
  return found;
};
