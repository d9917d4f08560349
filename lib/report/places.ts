import { createLocator, defined, type Diagnostic } from '../diagnostics/index.ts';
import type { ReportDiagnostic } from './report.ts';

/** Texts by the name their ranges carry. */
export type Texts = ReadonlyMap<string, string>;

/** A text of which nothing may be shown: its places are those of the text, and its lines are blank. */
export const placesOnly = (text: string): string => text.replaceAll(/[^\r\n\ufeff]+/g, part => ' '.repeat(part.length));

/** Diagnostics as the report carries them. A range in a text that is not given has a file and no position. */
export const reportDiagnostics = (diagnostics: readonly Diagnostic[], texts: Texts): ReportDiagnostic[] => {
  const locate = createLocator(texts);
  return diagnostics.map(({ code, severity, message, hint, decisions, range, url }) => {
    const place = range && locate(range);
    return {
      code,
      severity,
      message,
      ...defined({
        hint,
        decisions: decisions && [...decisions],
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
