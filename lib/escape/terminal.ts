/** What begins another line, for some reader at least. */
const lineBreaks = /\s*[\n\v\f\r\u0085\u2028\u2029]+\s*/g;

/**
 * What steers a terminal, turns the order of what it shows, or is shown as nothing or as a blank that is no space. What joins two emoji to
 * one, or makes one of a sign, is seen by that.
 * Source: ECMA-48; https://trojansource.codes; https://www.unicode.org/reports/tr44/#General_Category_Values, #Default_Ignorable_Code_Point
 */
const hidden =
  /(?!(?<=[\p{ExtPict}\p{EMod}\ufe0f])\u200d(?=\p{ExtPict})|(?<=\p{Emoji})\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}\u2800]/gu;

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** The code points of what is not seen in a text, each once. */
export const hiddenIn = (text: string): readonly string[] => [...new Set(text.match(hidden)?.map(codePoint))];

export const replaceHidden = (text: string, by: (character: string) => string): string => text.replace(hidden, by);

/** A text of several lines in one. */
const oneLine = (text: string): string => text.replace(lineBreaks, ' ');

/** What is not seen by its code points: a source file must not steer the terminal it is printed on. A tab stays. */
export const withoutControls = (text: string): string =>
  replaceHidden(text, character => (character === '\t' ? character : shown(character)));

const shown = (character: string): string => `<${codePoint(character)}>`;

/** A file for a terminal: its lines stay, however they end, and nothing in them steers it. */
export const visibleLines = (text: string): string => text.replace(/[^\r\n]+|\r(?!\n)/g, part => withoutControls(part));

/** A text in one line, with what is not seen by its code points, and a tab, which moves the cursor. */
export const visibleLine = (text: string): string => replaceHidden(oneLine(text), shown);

/** A value, or a sentence with values in it, for a line of a terminal. The log of a workflow must not take it for a command. */
export const terminalText = (text: string): string =>
  visibleLine(text)
    .replace(/^(\s*)::/, String.raw`$1\::`)
    .replaceAll('##[', '## [');
