import type { Diagnostic, Severity } from '../diagnostics/index.ts';
import { createFramer } from './frame.ts';
import { terminalText } from '../escape/terminal.ts';
import type { Texts } from './places.ts';
import type { Style } from './style.ts';

/**
 * One paragraph per diagnostic: place, severity, code and message; the code frame; what to do. A note has no frame: it
 * reports what was decided and asks for nothing. `more`: lines at the end of a paragraph.
 */
export const findingsText = (
  diagnostics: readonly Diagnostic[],
  texts: Texts,
  style: Style,
  more: (diagnostic: Diagnostic) => readonly string[] = () => [],
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
        place === '' ? head : `${place}: ${head}`,
        ...(severity === 'note' ? [] : lines),
        ...related.flatMap(other => {
          const at = placed(other.range);
          return [`  ${at.place}: ${terminalText(other.message)}`, ...at.lines];
        }),
        ...(hint === undefined ? [] : [`  ${style('cyan', 'fix:')} ${terminalText(hint)}`]),
        ...more(diagnostic),
        '',
      ].join('\n');
    })
    .join('\n');
};

const severityText = (severity: Severity, style: Style): string =>
  style(({ error: 'red', warning: 'yellow', note: 'cyan' } as const)[severity], severity);
