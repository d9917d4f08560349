/** What begins another line, for some reader at least. */
const lineBreaks = /\s*[\n\v\f\r\u0085\u2028\u2029]+\s*/g;

/**
 * What steers a terminal, turns the order of what it shows, or is shown as nothing.
 * Source: ECMA-48; https://trojansource.codes; https://www.unicode.org/reports/tr9/#Bidirectional_Character_Types
 */
const steering = /[\u0000-\u0008\n-\u001f\u007f-\u009f\u2028\u2029\ufeff\u{e0000}-\u{e007f}]|\p{Bidi_Control}/gu;

/** A text of several lines in one. */
export const oneLine = (text: string): string => text.replace(lineBreaks, ' ');

/** Control characters as pictures: a source file must not steer the terminal it is printed on. The width stays. */
export const withoutControls = (text: string): string =>
  text.replace(steering, character => {
    const code = character.charCodeAt(0);
    if (code === 0x7f) return '\u2421';
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });

/** A value, or a sentence with values in it, for a line of a terminal. The log of a workflow must not take it for a command. */
export const terminalText = (text: string): string =>
  withoutControls(oneLine(text))
    .replace(/^(\s*)::/, String.raw`$1\::`)
    .replaceAll('##[', '## [');
