/** What a backslash makes of the character after it. Source: github.com/hashicorp/hcl, hclsyntax/spec.md, "Template Expressions". */
const simple: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

const escape = /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))|\$\$\{|%%\{/gs;

/** The text between the quotes of a string, or between two of its interpolations. */
export const decodeQuoted = (text: string): string =>
  text.replaceAll(escape, (whole: string, short?: string, long?: string, letter?: string) =>
    letter !== undefined
      ? (simple[letter] ?? whole)
      : whole.startsWith('\\')
        ? fromCodePoint(Number.parseInt(short ?? long ?? '', 16))
        : whole.slice(1),
  );

/** Surrogates and numbers beyond Unicode: HashiCorp's parser refuses them, so that this is never seen after the gate. */
const fromCodePoint = (code: number): string =>
  code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code);

/** A heredoc has no backslash escapes. */
export const decodeHeredoc = (text: string): string => text.replaceAll(/(?:\$\$|%%)\{/g, marker => marker.slice(1));

/**
 * HashiCorp's scanner and its decoder disagree about three or more `$` (or `%`) before a brace. One alone would start an
 * interpolation, which the grammar has then missed. `before` tells that an interpolation follows the text.
 */
export const hasAmbiguousMarker = (text: string, before: boolean): boolean =>
  (before && text.endsWith('$')) || [...text.matchAll(/(\$+|%+)(?=\{)/g)].some(([run]) => run.length !== 2);
