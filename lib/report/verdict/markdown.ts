import { visible } from '../width.ts';
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
  const shown = rows.slice(0, listed).map(row => line(row.map(code)));
  const left = rows.length - shown.length;
  const more = left === 0 ? [] : [line([`and ${left} more`, ...columns.slice(1).map(() => '')])];
  return [`**${escaped(title)}**`, '', line(columns), line(columns.map(() => '---')), ...shown, ...more].join('\n');
};

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Text that is not taken for markup: an address holds brackets and underscores. Backticks mark code in our own messages. */
const escaped = (text: string): string =>
  visible(text)
    .split(/(`[^`]*`)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/[\\*_[\]<>#|~]/g, String.raw`\$&`)))
    .join('');

const code = (text: string): string => {
  const shown = visible(text).replaceAll('|', String.raw`\|`);
  if (shown === '') return '';
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
};
