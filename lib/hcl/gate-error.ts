import { diagnose, type Diagnostic, type Range } from '../diagnostics/index.ts';
import { graphemesOf } from './graphemes.ts';

/** Why a file is not checked, at a place or as a whole. */
export const refuseUnchecked = (file: string, reason: string, at?: number): Diagnostic =>
  diagnose('TAE006', { reason }, { file, start: at ?? 0, end: at === undefined ? 0 : at + 1 });

/**
 * HashiCorp's parser reports `parse config: [main.tf:3,2-3: Title; detail. main.tf:4,1-2: ...]`, the first of which counts,
 * and `convert to HCL: ...` for what it parsed but could not turn into JSON.
 */
export const readGateError = (file: string, text: string, message: string): Diagnostic => {
  const found = /^parse config: \[?(.*?)\]?$/s.exec(message)?.[1];
  if (found === undefined) return refuseUnchecked(file, `it cannot be checked (${message})`);
  const position = found.startsWith(`${file}:`) ? positionPattern.exec(found.slice(file.length)) : null;
  if (!position) return diagnose('TAE005', { reason: found });
  const [whole, line, column, , endLine = line, endColumn] = position;
  const reason = firstOf(file, found.slice(file.length + whole.length)).replace('; ', '. ');
  const start = offsetOf(text, Number(line), Number(column));
  const end = Math.max(start, offsetOf(text, Number(endLine), Number(endColumn)));
  const range: Range = { file, start, end };
  return diagnose('TAE005', { reason }, range);
};

/** Errors follow each other after a space. A position inside an error's own text has no colon after it. */
const firstOf = (file: string, text: string): string => {
  for (let at = text.indexOf(` ${file}:`); at !== -1; at = text.indexOf(` ${file}:`, at + 1))
    if (positionPattern.test(text.slice(at + 1 + file.length))) return text.slice(0, at);
  return text;
};

/** `:3,2-3: ` or, over several lines, `:3,2-4,5: `. Source: Range.String in github.com/hashicorp/hcl, pos.go. */
const positionPattern = /^:(\d+),(\d+)-((\d+),)?(\d+): /;

/** HCL counts columns in grapheme clusters and does not count a byte order mark. */
const offsetOf = (text: string, line: number, column: number): number => {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const start = lines
    .slice(0, line - 1)
    .reduce((sum, { length }) => sum + length + 1, text.startsWith('\ufeff') ? 1 : 0);
  const content = lines[line - 1] ?? '';
  return Math.min(start + (graphemesOf(content)[column - 1]?.index ?? content.length), text.length);
};
