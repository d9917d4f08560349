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
  const blanks = findBlanks(text);
  if (blanks !== undefined) return { at: blanks, what: `more than ${maxBlanks} blanks or empty lines in a row` };
  const line = findLongLine(text);
  if (line !== undefined) return { at: line, what: `a line of more than ${maxLine} characters` };
  const heredoc = text.includes('<<') ? findHeredoc(text) : undefined;
  return heredoc === undefined ? undefined : { at: heredoc, what: `a heredoc of more than ${maxHeredocLines} lines` };
};

const findBlanks = (text: string): number | undefined => {
  let run = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    run = code === 32 || (code >= 9 && code <= 13) ? run + 1 : 0;
    if (run > maxBlanks) return at;
  }
  return undefined;
};

const findLongLine = (text: string): number | undefined => {
  for (let start = 0; start + maxLine < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (end - start > maxLine) return start;
    start = end + 1;
  }
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
