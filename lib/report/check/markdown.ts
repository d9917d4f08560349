import { codeText, escaped } from '../markdown-text.ts';
import { createLocator } from '../places.ts';
import { bySeverity } from './order.ts';
import { checkSummary } from './summary.ts';
import type { CheckAdapter, CheckView, Finding } from './view.ts';

/** GitHub takes comments of 65,536 characters: findings that do not fit are counted. */
const longest = 60_000;

/** For a comment on a pull request, or a job summary. */
export const markdown: CheckAdapter = view => {
  const { findings, counts } = view;
  const items = bySeverity(findings).map(itemIn(view));
  const shown: string[] = [];
  for (let length = 0; shown.length < items.length;) {
    const item = items[shown.length] ?? '';
    length += item.length + 1;
    if (length > longest) break;
    shown.push(item);
  }
  const left = items.length - shown.length;
  const list = [...shown, ...(left === 0 ? [] : [`- and ${left} more`])].join('\n');
  const mark = findings.length === 0 ? '✅' : findings.some(isError) ? '❌' : '⚠️';
  return `${[`### ${mark} ${escaped(checkSummary(counts))}`, ...(list === '' ? [] : [list])].join('\n\n')}\n`;
};

const isError = ({ diagnostic }: Finding): boolean => diagnostic.severity === 'error';

const itemIn = ({ texts }: CheckView): ((finding: Finding) => string) => {
  const locate = createLocator(texts);
  return ({ diagnostic: { code, severity, message, range, url } }) => {
    const line = range && locate(range)?.from.line;
    const place = range === undefined ? '' : ` ${codeText(line === undefined ? range.file : `${range.file}:${line}`)}`;
    return `- **${severity}** [${code}](${url})${place}: ${escaped(message.replaceAll(/\s*\n\s*/g, ' '))}`;
  };
};
