import type { Diagnostic, Range } from '../../diagnostics/index.ts';
import { createFramer } from '../frame.ts';
import type { Finding } from '../output.ts';
import type { Texts } from '../places.ts';
import type { Report } from '../report.ts';
import { worstFirst } from '../severity.ts';
import { plain } from '../style.ts';
import { plural } from '../plural.ts';
import { spansOf } from './words.ts';

const tags: Readonly<Record<Diagnostic['severity'], string>> = { error: 'Error', warning: 'Warning', note: 'Note' };

type Views = { readonly problems: readonly object[]; readonly notes: readonly object[]; readonly notesCount: string };

/** What is to be settled, the worst first, and apart from it what was decided and asks for nothing. `level`: of the headings. */
export const findingViews = (
  { findings, texts }: { readonly findings: readonly Finding[]; readonly texts: Texts },
  level: number,
  phases: Report['phases'] = [],
): Views => {
  const view = viewIn(texts, level, phases);
  const sorted = worstFirst(findings).map(({ diagnostic }) => diagnostic);
  const notes = sorted.filter(({ severity }) => severity === 'note');
  return {
    problems: sorted.filter(({ severity }) => severity !== 'note').map(view),
    notes: notes.map(view),
    notesCount: plural(notes.length, 'note'),
  };
};

const viewIn = (texts: Texts, level: number, phases: Report['phases']): ((diagnostic: Diagnostic) => object) => {
  const frame = createFramer(texts, plain);
  const placed = (range: Range): { place: string; lines: readonly string[] } => {
    const { place, lines } = frame(range);
    return { place: range.file + (place ? `:${place.from.line}:${place.from.column}` : ''), lines };
  };
  return ({ code, severity, message, hint, range, url, decisions = [], backticks, related = [] }) => {
    const stopped = severity === 'error' ? phases.find(({ blockedBy }) => blockedBy.includes(code)) : undefined;
    const { place = null, lines = [] } = range ? placed(range) : {};
    return {
      level,
      code,
      severity,
      tag: stopped ? 'Blocker' : tags[severity],
      url,
      place,
      // What asks for nothing needs no lines.
      lines: severity === 'note' ? [] : lines,
      message: spansOf(message, !backticks),
      stops: stopped ? `Stops phase ${stopped.number} (${stopped.id}) and the phases after it.` : null,
      hint: hint === undefined ? null : spansOf(hint, !backticks),
      decisions,
      several: decisions.length > 1,
      explain: severity === 'note' ? null : `tf-access-entries explain ${code}`,
      related: related.map(other => ({ ...placed(other.range), message: spansOf(other.message, false) })),
    };
  };
};
