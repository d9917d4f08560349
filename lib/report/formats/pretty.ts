import { terminalText } from '../../escape/terminal.ts';
import { groupedFindingsText } from '../check/grouped-findings.ts';
import { findingsText } from '../findings.ts';
import type { Format, Output, Section, Surroundings, Table } from '../output.ts';
import { prose } from '../prose.ts';
import { table } from '../table.ts';

/** More rows than this are counted, not listed. */
const listed = 60;

/** For people at a terminal: findings with code frames, then what they come to. */
export const pretty: Format = {
  findings: (output, surroundings) => {
    if (output.grouped) return groupedFindingsText(output, surroundings);
    const { findings, texts, brief } = output;
    const { style, width } = surroundings;
    return findingsText(brief ? [] : findings.map(({ diagnostic }) => diagnostic), texts, style, { width });
  },
  document: (output, surroundings) => {
    if (output.hcl !== undefined) return output.hcl;
    const { headline, brief, details = [], readMore = [], sections = [], closing = [] } = output;
    if (headline === undefined) return '';
    const line = (text: string): string => prose(terminalText(text), surroundings.width);
    const head = [
      prose(headLine(headline, output, surroundings), surroundings.width),
      ...[...details, ...readMore].map(line),
    ];
    const tables = sections.map(section => sectionLines(section, surroundings));
    const paragraphs = [
      ...(brief ? [...tables, head] : [head, ...tables]),
      ...closing.map(lines => lines.map(line)),
    ].filter(lines => lines.length > 0);
    return `${paragraphs.map(lines => lines.join('\n')).join('\n\n')}\n`;
  },
};

const colors = { good: 'green', warned: 'yellow', bad: 'red' } as const;

const headLine = (headline: string, { verdict }: Output, { style }: Surroundings): string => {
  const text = terminalText(headline);
  return style('bold', verdict === undefined ? text : style(colors[verdict], text));
};

const sectionLines = ({ title, parts }: Section, surroundings: Surroundings): string[] => [
  ...(title === undefined ? [] : [`${terminalText(title)}:`]),
  ...parts.flatMap((part, index) =>
    typeof part === 'string'
      ? [prose(`  ${terminalText(part)}`, surroundings.width, '    ')]
      : tableLines(part, typeof parts[index - 1] === 'string' ? '    ' : '  ', surroundings),
  ),
];

const tableLines = ({ columns, rows, whole }: Table, indent: string, { style, width }: Surroundings): string[] => {
  const shown = whole === true ? rows : rows.slice(0, listed);
  const cells = [...(columns ? [columns] : []), ...shown].map(row => row.map(terminalText));
  const lines = table(cells, width && width - indent.length).flatMap((row, index) =>
    row.map(line => (columns && index === 0 ? style('dim', `${indent}${line}`) : `${indent}${line}`)),
  );
  const left = rows.length - shown.length;
  return left === 0 ? lines : [...lines, `${indent}and ${left} more: --format json lists all of them`];
};
