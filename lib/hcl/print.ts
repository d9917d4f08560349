import { scanOutline } from './lexer.ts';
import { scanLines } from './lines.ts';

/** A quoted string that HCL reads as `value`. */
export const quote = (value: string): string => `"${value.replaceAll(/[\\"\p{Cc}]|(\$+|%+)\{/gu, escape)}"`;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' };

/** `${` is written `$${`. With more before the brace HCL's reading is ambiguous, hence the last one as a code. */
const escape = (text: string): string =>
  named[text] ??
  (text.length === 1
    ? code(text)
    : text.length === 2
      ? `${text[0]}${text}`
      : `${text.slice(0, -2)}${code(text.at(-2)!)}{`);

const code = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** An object's key: bare when it is an identifier. */
export const printKey = (name: string): string => (/^[a-z_][\w-]*$/i.test(name) ? name : quote(name));

/** Moves lines to the right, by a number of spaces or by white space. Blank lines stay blank, heredocs stay as they are. */
export const indent = (text: string, by: number | string): string => {
  const prefix = typeof by === 'number' ? ' '.repeat(by) : by;
  return mapLines(text, line => (line.trim() === '' ? line : `${prefix}${line}`));
};

/** Takes an indentation off the lines that have it; the lines of heredocs are text. */
export const outdent = (text: string, by: string): string =>
  mapLines(text, line => (line.startsWith(by) ? line.slice(by.length) : line));

const mapLines = (text: string, change: (line: string) => string): string => {
  const heredocs = new Set(scanLines(text).flatMap(({ inHeredoc }) => inHeredoc));
  let at = 0;
  return text
    .split('\n')
    .map(line => {
      const start = at;
      at += line.length + 1;
      return heredocs.has(start) ? line : change(line);
    })
    .join('\n');
};

/** The line that ends a heredoc has nothing else on it. */
export const endsWithHeredoc = (text: string): boolean => (scanLines(text).at(-1)?.inHeredoc.length ?? 0) > 0;

/**
 * HCL of an expression as the value of an argument. There a line that ends outside of brackets ends the argument, so that it needs
 * parentheses. Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#bodies
 */
export const asValue = (source: string): string => {
  let depth = 0;
  let isOpen = false;
  scanOutline(source, mark => {
    if (mark === 'open') depth++;
    if (mark === 'close') depth--;
    if (mark === 'newline' && depth === 0) isOpen = true;
  });
  return isOpen ? `(${source})` : source;
};
