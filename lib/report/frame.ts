import type { Range } from '../diagnostics/index.ts';
import { withoutControls } from '../escape/terminal.ts';
import { createLocator, type Place, type Texts } from './places.ts';
import type { Style } from './style.ts';
import { widthOf } from './table.ts';

/** Longer lines are cut around the range. */
const longest = 160;

/**
 * The lines around a range, with carets under it. A tab before the range stays a tab under it, so that the carets stand
 * right whatever its width is.
 *
 *     2 | module "eks" {
 *     3 |   version = "19.0"
 *       |             ^^^^^^
 *     4 | }
 */
const codeFrame = (range: Range, place: Place, texts: Texts, style: Style): string[] => {
  const text = texts.get(range.file) ?? '';
  const numbers = [place.from.line - 1, place.from.line, place.from.line + 1];
  const around = numbers.map(number => linesAround(text, range.start, place, number));
  // A text of which nothing may be shown, or one that ends before it says anything.
  if (around.every(line => (line ?? '').trim() === '')) return [];
  const gutter = String(place.from.line + 1).length;
  const row = (label: string, content: string): string =>
    `  ${style('dim', `${label.padStart(gutter)} |`)} ${content}`.trimEnd();

  const lines: string[] = [];
  for (const [index, number] of numbers.entries()) {
    const line = around[index];
    if (line === undefined) continue;
    if (number !== place.from.line) {
      lines.push(row(String(number), style('dim', withoutControls(cut(line, 0).text))));
      continue;
    }
    const start = Math.min(range.start - lineStart(text, range.start) - bomAt(text, range.start), line.length);
    const end = place.to.line === place.from.line ? start + (range.end - range.start) : line.length;
    const shown = cut(line, start);
    lines.push(row(String(number), withoutControls(shown.text)));
    lines.push(row('', underline(shown.text, start - shown.from, end - shown.from, style)));
  }
  return lines;
};

const underline = (line: string, start: number, end: number, style: Style): string => {
  const indent = line
    .slice(0, start)
    .split('\t')
    .map(part => ' '.repeat(widthOf(withoutControls(part))))
    .join('\t');
  const marked = line.slice(start, end).replaceAll('\t', ' ').trimEnd();
  return indent + style('red', '^'.repeat(Math.max(1, widthOf(withoutControls(marked)))));
};

const cut = (line: string, start: number): { readonly text: string; readonly from: number } => {
  if (line.length <= longest) return { text: line, from: 0 };
  const from = Math.max(0, start - longest / 2);
  return { text: line.slice(from, from + longest), from };
};

const lineStart = (text: string, offset: number): number => (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1);

const bomAt = (text: string, offset: number): number =>
  lineStart(text, offset) === 0 && text.charCodeAt(0) === 0xfeff && offset > 0 ? 1 : 0;

/** The line itself, the one before or the one after; without its newline and a byte order mark. */
const linesAround = (text: string, offset: number, place: Place, number: number): string | undefined => {
  let start = lineStart(text, offset);
  if (number < place.from.line) {
    if (start === 0) return undefined;
    start = lineStart(text, start - 1);
  }
  if (number > place.from.line) {
    const newline = text.indexOf('\n', offset);
    if (newline === -1 || newline + 1 === text.length) return undefined;
    start = newline + 1;
  }
  const newline = text.indexOf('\n', start);
  return text
    .slice(start, newline === -1 ? text.length : newline)
    .replace(/\r$/, '')
    .replace(/^\ufeff/, '');
};

/** Positions and frames of many ranges over the same texts. */
export const createFramer = (texts: Texts, style: Style): ((range: Range) => { place?: Place; lines: string[] }) => {
  const locate = createLocator(texts);
  return range => {
    const place = locate(range);
    return place === undefined ? { lines: [] } : { place, lines: codeFrame(range, place, texts, style) };
  };
};
