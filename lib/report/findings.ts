import type { Diagnostic, Severity } from '../diagnostics/index.ts';
import { createFramer } from './frame.ts';
import { terminalText } from '../escape/terminal.ts';
import type { Texts } from './places.ts';
import { prose } from './prose.ts';
import type { Style } from './style.ts';

type Options = {
  readonly more?: (diagnostic: Diagnostic) => readonly string[];
  readonly width?: number | undefined;
};

/**
 * One paragraph per diagnostic: place, severity, code and message; the code frame; what to do. A note has no frame: it
 * reports what was decided and asks for nothing. `more`: lines at the end of a paragraph. `width`: that of a terminal.
 */
export const findingsText = (
  diagnostics: readonly Diagnostic[],
  texts: Texts,
  style: Style,
  { more = () => [], width }: Options = {},
): string => {
  const frame = createFramer(texts, style);
  const placed = (range: Diagnostic['range']): { readonly place: string; readonly lines: readonly string[] } => {
    if (range === undefined) return { place: '', lines: [] };
    const { place, lines } = frame(range);
    const position = place === undefined ? '' : `:${place.from.line}:${place.from.column}`;
    return { place: `${terminalText(range.file)}${position}`, lines };
  };
  return diagnostics
    .map(diagnostic => {
      const { code, severity, message, hint, range, related = [] } = diagnostic;
      const { place, lines } = placed(range);
      const head = `${style('bold', `${severityText(severity, style)} ${code}`)}: ${terminalText(message)}`;
      return [
        prose(place === '' ? head : `${place}: ${head}`, width),
        ...(severity === 'note' ? [] : lines),
        ...related.flatMap(other => {
          const at = placed(other.range);
          return [prose(`  ${at.place}: ${terminalText(other.message)}`, width, '    '), ...at.lines];
        }),
        ...(hint === undefined ? [] : [prose(`  ${style('cyan', 'fix:')} ${terminalText(hint)}`, width, '       ')]),
        ...more(diagnostic),
        '',
      ].join('\n');
    })
    .join('\n');
};

const severityText = (severity: Severity, style: Style): string =>
  style(({ error: 'red', warning: 'yellow', note: 'cyan' } as const)[severity], severity);
