import { defined, type Diagnostic, type Position, type Range } from '../diagnostics/index.ts';
import type { ReportDiagnostic } from './report.ts';

/** Texts by the name their ranges carry. */
export type Texts = ReadonlyMap<string, string>;

/** A text of which nothing may be shown: its places are those of the text, and its lines are blank. */
export const placesOnly = (text: string): string => text.replaceAll(/[^\r\n\ufeff]+/g, part => ' '.repeat(part.length));

export type Place = { readonly file: string; readonly from: Position; readonly to: Position };

/**
 * Turns ranges into positions, as `positionAt` does, with the line starts of each file counted once: a report may hold
 * thousands of ranges of one file.
 */
export const createLocator = (texts: Texts): ((range: Range) => Place | undefined) => {
  const starts = new Map<string, readonly number[]>();
  const startsOf = (file: string, text: string): readonly number[] => {
    const known = starts.get(file) ?? lineStarts(text);
    starts.set(file, known);
    return known;
  };
  return ({ file, start, end }) => {
    const text = texts.get(file);
    if (text === undefined) return undefined;
    const lines = startsOf(file, text);
    return { file, from: positionIn(lines, text, start), to: positionIn(lines, text, end) };
  };
};

const lineStarts = (text: string): number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};

const positionIn = (starts: readonly number[], text: string, offset: number): Position => {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  // A byte order mark is in the text, but no editor counts it as a column.
  const bom = low === 0 && offset > 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 - bom };
};

/** Diagnostics as the report carries them. A range in a text that is not given has a file and no position. */
export const reportDiagnostics = (diagnostics: readonly Diagnostic[], texts: Texts): ReportDiagnostic[] => {
  const locate = createLocator(texts);
  return diagnostics.map(({ code, severity, message, hint, range, url }) => {
    const place = range && locate(range);
    return {
      code,
      severity,
      message,
      ...defined({
        hint,
        file: range?.file,
        line: place?.from.line,
        column: place?.from.column,
        endLine: place?.to.line,
        endColumn: place?.to.column,
      }),
      url,
    };
  });
};
