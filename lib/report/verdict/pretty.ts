import { findingsText } from '../findings.ts';
import { table } from '../table.ts';
import { visible } from '../width.ts';
import type { VerdictAdapter, VerdictSection, VerdictView } from './view.ts';

/** More rows than this are counted, not listed. */
const listed = 60;

/** For people at a terminal. */
export const pretty: VerdictAdapter = {
  findings: ({ diagnostics, style }) => findingsText({ diagnostics, texts: new Map(), nameOf: file => file, style }),
  verdict: view => `${[headLine(view), ...view.sections.map(section => sectionText(section, view))].join('\n\n')}\n`,
};

const headLine = ({ headline, good, style }: VerdictView): string =>
  style('bold', style(good ? 'green' : 'red', visible(headline)));

const sectionText = ({ title, columns, rows }: VerdictSection, { style }: VerdictView): string => {
  const shown = rows.slice(0, listed).map(row => row.map(visible));
  const [head = '', ...lines] = table(
    [columns, ...shown].map(row => row.map((cell, at) => (at === 0 ? `  ${cell}` : cell))),
  );
  const left = rows.length - shown.length;
  const more = left === 0 ? [] : [`  and ${left} more: --format json lists all of them`];
  return [`${title}:`, style('dim', head), ...lines, ...more].join('\n');
};
