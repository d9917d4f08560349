import { codeText, escaped, tableLine } from '../markdown-text.ts';
import type { VerdictAdapter, VerdictSection } from './view.ts';

/** GitHub takes comments of 65,536 characters: more rows than this are counted. */
const listed = 100;

/** For a comment on a pull request, or a job summary. */
export const markdown: VerdictAdapter = {
  findings: () => '',
  verdict: ({ headline, good, sections, diagnostics }) => {
    const findings = diagnostics.map(({ code, severity, message, hint, url }) => {
      const fix = hint === undefined ? '' : ` ${escaped(hint)}`;
      return `- **${severity}** [${code}](${url}): ${escaped(message)}${fix}`;
    });
    const shown = findings.slice(0, listed);
    const left = findings.length - shown.length;
    return `${[
      `### ${good ? '✅' : '❌'} ${escaped(headline)}`,
      ...(shown.length === 0 ? [] : [[...shown, ...(left === 0 ? [] : [`- and ${left} more`])].join('\n')]),
      ...sections.map(sectionText),
    ].join('\n\n')}\n`;
  },
};

const sectionText = ({ title, columns, rows }: VerdictSection): string => {
  const shown = rows.slice(0, listed).map(row => tableLine(row.map(codeText)));
  const left = rows.length - shown.length;
  const more = left === 0 ? [] : [tableLine([`and ${left} more`, ...columns.slice(1).map(() => '')])];
  return [`**${escaped(title)}**`, '', tableLine(columns), tableLine(columns.map(() => '---')), ...shown, ...more].join(
    '\n',
  );
};
