import { visibleLine, withoutControls } from './terminal.ts';

/**
 * A value, or a sentence with values in it, as text of Markdown that is taken for nothing else: no markup, no HTML, no mention and
 * no link, which GitHub makes of a bare address, too.
 * Source: https://spec.commonmark.org, https://github.github.com/gfm/#autolinks-extension-
 */
export const markdownText = (text: string): string =>
  visibleLine(text)
    .trim()
    // An underscore inside a word marks nothing, and people read addresses in the text, too.
    .replace(
      /[\\`*[\]<>#|~&$@]|(?<![a-z\d])_|_(?![a-z\d])|:(?=\/\/)|(?<=www)\./gi,
      character => instead[character] ?? `\\${character}`,
    )
    // What begins a list or a heading where it begins a line.
    .replace(/^(?:(\d+)(?=[.)])|(?=[-+=]))/, (_, number: string | undefined) => `${number ?? ''}\\`);

/** What a backslash does not help against. The second character behind a mention has no width. */
const instead: Readonly<Record<string, string>> = { ':': '&#58;', '.': '&#46;', '@': '@&#8203;' };

/** A value as inline code of Markdown, also in a cell of a table; as text where code has no form in a cell. */
export const markdownCode = (text: string): string => {
  // There a backslash escapes the one behind it, code or not, so that the bar would end the cell.
  if (/(?<!\\)(?:\\\\)*\\\|/.test(text)) return markdownText(text);
  const shown = withoutControls(text.replace(/\s+/g, ' ')).replaceAll('|', String.raw`\|`);
  if (shown === '') return '';
  if (!shown.includes('`')) return `\`${shown}\``;
  const fence = backticksAround(shown, 2);
  return `${fence} ${shown} ${fence}`;
};

/** A block of code, whatever backticks stand in it. */
export const markdownBlock = (language: string, code: string): string => {
  const fence = backticksAround(code, 3);
  return `${fence}${language}\n${code.trimEnd()}\n${fence}`;
};

const backticksAround = (code: string, least: number): string =>
  '`'.repeat(Math.max(least, ...[...code.matchAll(/`+/g)].map(([run]) => run.length + 1)));
