/** A stretch of one file: UTF-16 offsets into its decoded text, `end` exclusive. */
export type Range = { readonly file: string; readonly start: number; readonly end: number };

/** 1-based, as editors and SARIF count; `column` in UTF-16 code units. */
export type Position = { readonly line: number; readonly column: number };

export const positionAt = (text: string, offset: number): Position => {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line++;
  // A byte order mark is in the text, but no editor counts it as a column.
  const bom = lineStart === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return { line, column: offset - lineStart + 1 - (offset > 0 ? bom : 0) };
};
