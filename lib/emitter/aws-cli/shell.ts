/** A word that bash takes as it is, whatever is in it. */
export const singleQuoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Text for a comment. It stays in its line, and nothing in it hides or turns round what stands there. */
export const inComment = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ');

/**
 * JSON as `to_string` of JMESPath prints it, in ASCII and without white space.
 * Source: github.com/jmespath/jmespath.py, functions.py (json.dumps of Python).
 */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
