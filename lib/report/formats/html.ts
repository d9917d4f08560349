import { templates } from '../../emitter/index.ts';
import { visibleLine, withoutControls } from '../../escape/terminal.ts';
import type { Severity } from '../../diagnostics/index.ts';
import { createFramer } from '../frame.ts';
import type { Finding, Format, Output, Section } from '../output.ts';
import { worstFirst } from '../severity.ts';
import { plain } from '../style.ts';
import type { PhaseDiff } from './diff.ts';

/**
 * One page for a browser: no script, nothing loaded, and its policy allows neither. The template escapes what it is given; what
 * is not seen is written out here.
 */
export const html: Format = {
  document: output => {
    const { headline = 'tf-access-entries', verdict, details = [], sections = [], closing = [], changes, hcl } = output;
    const findings = worstFirst(output.brief ? [] : output.findings).map(findingIn(output));
    return templates.page({
      title: visibleLine(headline),
      verdict,
      details: details.map(visibleLine),
      problems: findings.filter(({ severity }) => severity !== 'note'),
      notes: findings.filter(({ severity }) => severity === 'note'),
      sections: sections.map(sectionOf),
      changes: (changes?.() ?? []).map(changeOf),
      hcl: hcl?.split('\n').map(withoutControls).join('\n'),
      closing: closing.filter(({ length }) => length > 0).map(lines => lines.map(visibleLine)),
    });
  },
};

const findingIn = ({ texts }: Output): ((finding: Finding) => { severity: Severity }) => {
  const frame = createFramer(texts, plain);
  return ({ diagnostic: { code, severity, message, hint, range, url, related = [] } }) => {
    const placed = (of: NonNullable<typeof range>): { place: string; lines: string } => {
      const { place, lines } = frame(of);
      return {
        place: visibleLine(of.file) + (place ? `:${place.from.line}:${place.from.column}` : ''),
        lines: lines.join('\n'),
      };
    };
    return {
      code,
      severity,
      url,
      message: visibleLine(message),
      hint: hint && visibleLine(hint),
      ...(range && placed(range)),
      related: related.map(other => ({ ...placed(other.range), message: visibleLine(other.message) })),
    };
  };
};

const sectionOf = ({ title, parts }: Section): object => ({
  title: title && visibleLine(title),
  parts: parts.map(part =>
    typeof part === 'string'
      ? { text: visibleLine(part) }
      : { columns: part.columns?.map(visibleLine), rows: part.rows.map(row => row.map(visibleLine)) },
  ),
});

const kinds: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed', '@': 'place' };

const changeOf = ({ phase, text }: PhaseDiff): object => ({
  title: `What ${phase} changes`,
  lines: text
    .replace(/\n$/, '')
    .split('\n')
    .map(row => ({ kind: kinds[row[0] ?? ''], text: withoutControls(row) })),
});
