/** A word that a POSIX shell takes as it is, whatever is in it. */
export const singleQuoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Quotes a word for a POSIX shell where it needs it. */
export const shellQuote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : singleQuoted(word));

/** Text for a comment. It stays in its line, and nothing in it hides or turns round what stands there. */
export const inComment = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ');
