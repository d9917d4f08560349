import { createLocator, type Range, type Place } from '../diagnostics/index.ts';
import { withoutControls } from '../escape/terminal.ts';
import type { Texts } from './places.ts';
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
const codeFrame = ({ from, to }: Place, text: readonly string[], style: Style): string[] => {
  const shown = [from.line - 1, from.line, from.line + 1].flatMap(number => {
    const line = number === from.line ? (text[number - 1] ?? '') : text[number - 1];
    return line === undefined ? [] : [{ number, line: line.replace(/\r$/, '') }];
  });
  // A text of which nothing may be shown, or one that ends before it says anything.
  if (shown.every(({ line }) => line.trim() === '')) return [];
  const gutter = String(from.line + 1).length;
  const row = (label: string, content: string): string =>
    `  ${style('dim', `${label.padStart(gutter)} |`)} ${content}`.trimEnd();
  return shown.flatMap(({ number, line }) => {
    if (number !== from.line) return [row(String(number), style('dim', withoutControls(cut(line, 0).text)))];
    const start = Math.min(from.column - 1, line.length);
    const end = to.line === from.line ? to.column - 1 : line.length;
    const part = cut(line, start);
    return [
      row(String(number), withoutControls(part.text)),
      row('', underline(part.text, start - part.from, end - part.from, style)),
    ];
  });
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

/** Positions and frames of many ranges over the same texts. */
export const createFramer = (texts: Texts, style: Style): ((range: Range) => { place?: Place; lines: string[] }) => {
  const locate = createLocator(texts);
  const split = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const lines = split.get(file) ?? (texts.get(file) ?? '').replace(/^\ufeff|\n$/g, '').split('\n');
    split.set(file, lines);
    return lines;
  };
  return range => {
    const place = locate(range);
    return place === undefined ? { lines: [] } : { place, lines: codeFrame(place, linesOf(range.file), style) };
  };
};
