import { hiddenIn, replaceHidden } from './terminal.ts';

/**
 * A word that a shell takes as it is, whatever is in it. What would steer the terminal of somebody who reads it, or be shown as
 * nothing, stands as bytes: bash 3.2 knows no `\u`.
 */
export const singleQuoted = (text: string): string =>
  hiddenIn(text).length > 0
    ? `$'${replaceHidden(text.replace(/[\\']/g, String.raw`\$&`), character => encodeURIComponent(character).replaceAll('%', String.raw`\x`))}'`
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Quotes a word for a POSIX shell where it needs it. */
export const shellQuote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : singleQuoted(word));

/** A path as an argument: one that begins like an option is taken for one. A single `-` is stdin. */
export const pathWord = (path: string): string => shellQuote(/^-./.test(path) ? `./${path}` : path);

/** Text for a comment. It stays in its line, and nothing in it hides or turns round what stands there. */
export const inComment = (text: string): string => replaceHidden(text, () => ' ').replace(/\s+/g, ' ');
