import { withoutControls } from '../../escape/terminal.ts';
import { sourceText } from '../module-output.ts';
import type { Format, Output, OutputModule, Section } from '../output.ts';
import { findingViews } from '../page/findings.ts';
import { moduleView, partsOf } from '../page/module-view.ts';
import { visible } from '../page/words.ts';
import { pages } from '../pages.generated.ts';

/**
 * One page for a browser or a printer: no script, nothing loaded, and its policy allows neither. The template escapes markup, and
 * what is not seen is written out.
 */
export const htmlPage = (output: Output): string => {
  const { headline = 'tf-access-entries', verdict = null, details = [], sections = [], closing = [], hcl } = output;
  const { modules = [], brief = false } = output;
  const [first] = brief ? [] : modules;
  const one = first && moduleView(first, 'report', 2);
  const isFleet = brief && modules.length > 0;
  const title = first ? `Access report: ${nameOf(first)}` : isFleet ? 'Access report' : headline;
  // Who lists many root modules shows the findings of each with it.
  const findings = one || isFleet ? [] : output.findings;
  return pages.page({
    ...visible({
      title,
      isReport: modules.length > 0,
      verdict,
      details: first?.report ? [sentence(sourceText(first.report))] : isFleet ? [headline, ...details] : details,
      parts: one ? partsOf(one) : [],
      ...findingViews({ findings, texts: output.texts }, 3),
      sections: one ? [] : sections.map(section => sectionOf(section, title)),
      closing: closing.filter(({ length }) => length > 0),
      one: one ?? null,
      modules: one ? [] : modules.map((module, index) => moduleView(module, idOf(index), 3)),
    }),
    hcl: hcl ? hcl.split('\n').map(withoutControls).join('\n') : null,
  });
};

export const html: Format = { document: htmlPage };

/** Here is no name for somebody who is not there. */
const nameOf = ({ name, report }: OutputModule): string =>
  name === '.' ? report?.clusters.map(({ module }) => module).join(', ') || 'this root module' : name;

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const idOf = (index: number): string => `module-${index + 1}`;

const sectionOf = ({ title, parts }: Section, page: string): object => ({
  title: title ?? null,
  parts: parts.map(part =>
    typeof part === 'string'
      ? { text: part }
      : {
          text: null,
          caption: title ?? page,
          columns: part.columns ?? [],
          rows: part.rows.map((row, index) => cellsOf(row, part.columns, part.modules?.[index])),
        },
  ),
});

const cellsOf = (
  row: readonly string[],
  columns: readonly string[] = [],
  module: number | undefined,
): readonly object[] =>
  row.map((text, index) => ({
    text,
    isHead: index === 0,
    column: columns[index] ?? '',
    link: index === 0 && module !== undefined && module >= 0 ? idOf(module) : null,
  }));
