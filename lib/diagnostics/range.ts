/** A stretch of one file: UTF-16 offsets into its decoded text, `end` exclusive. */
export type Range = { readonly file: string; readonly start: number; readonly end: number };

/** 1-based, as editors and SARIF count; `column` in UTF-16 code units. */
export type Position = { readonly line: number; readonly column: number };

/** Where the lines of a text start. */
const lineStarts = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};

/** `starts`: where the lines start, for who asks often. */
export const positionAt = (text: string, offset: number, starts = lineStarts(text)): Position => {
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

export type Place = { readonly file: string; readonly from: Position; readonly to: Position };

/**
 * Turns ranges into positions, with the line starts of each file counted once: a report may hold
 * thousands of ranges of one file.
 */
export const createLocator = (texts: ReadonlyMap<string, string>): ((range: Range) => Place | undefined) => {
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
    return { file, from: positionAt(text, start, lines), to: positionAt(text, end, lines) };
  };
};
