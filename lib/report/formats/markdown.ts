import { createLocator } from '../../diagnostics/index.ts';
import { markdownBlock, markdownCode, markdownText } from '../../escape/markdown.ts';
import type { Finding, Format, Output, Section, Table } from '../output.ts';
import type { Texts } from '../places.ts';
import { worstFirst } from '../severity.ts';

/** GitHub takes comments of 65,536 characters: findings that do not fit are counted. */
const longest = 60_000;

/** More rows of a table than this are counted. */
const listed = 100;

/** For a comment on a pull request, or a job summary. */
export const markdown: Format = {
  document: output => {
    const { details = [], sections = [], closing = [], hcl } = output;
    const rest = [
      ...sections.map(sectionText),
      ...closing.filter(lines => lines.length > 0).map(listText),
      ...(hcl === undefined || hcl === '' ? [] : [markdownBlock('hcl', hcl)]),
    ];
    const room = longest - rest.reduce((length, text) => length + text.length, 0);
    const parts = [...headings(output), ...details.map(markdownText), findingsList(output, room), ...rest];
    return `${parts.filter(part => part !== '').join('\n\n')}\n`;
  },
};

const marks = { good: '✅ ', warned: '⚠️ ', bad: '❌ ' } as const;

const headings = ({ headline, verdict }: Output): string[] =>
  headline === undefined ? [] : [`### ${verdict === undefined ? '' : marks[verdict]}${markdownText(headline)}`];

const findingsList = ({ findings, texts, brief }: Output, room: number): string => {
  if (brief) return '';
  const items = worstFirst(findings).map(itemIn(texts));
  const shown: string[] = [];
  let length = 0;
  for (const item of items) {
    length += item.length + 1;
    if (length > room) break;
    shown.push(item);
  }
  const left = items.length - shown.length;
  return [...shown, ...(left === 0 ? [] : [`- and ${left} more`])].join('\n');
};

const itemIn = (texts: Texts): ((finding: Finding) => string) => {
  const locate = createLocator(texts);
  return ({ diagnostic: { code, severity, message, hint, range, url } }) => {
    const line = range && locate(range)?.from.line;
    const place =
      range === undefined ? '' : ` ${markdownCode(line === undefined ? range.file : `${range.file}:${line}`)}`;
    const fix = hint === undefined ? '' : ` ${markdownText(hint)}`;
    return `- **${severity}** [${code}](${url})${place}: ${markdownText(message)}${fix}`;
  };
};

const sectionText = ({ title, parts }: Section): string => {
  const head = title === undefined ? [] : [`**${markdownText(title)}**`];
  return [...head, ...parts.map(part => (typeof part === 'string' ? markdownText(part) : tableText(part)))].join(
    '\n\n',
  );
};

const tableText = ({ columns, rows, whole }: Table): string => {
  const shown = whole === true ? rows : rows.slice(0, listed);
  const left = rows.length - shown.length;
  const width = Math.max(columns?.length ?? 0, ...shown.map(({ length }) => length));
  const blank = Array.from({ length: width }, () => '');
  return [
    columns?.map(markdownText) ?? blank,
    blank.map(() => '---'),
    ...shown.map(row => row.map(markdownCode)),
    ...(left === 0 ? [] : [[`and ${left} more`, ...blank.slice(1)]]),
  ]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');
};

const listText = (lines: readonly string[]): string => lines.map(line => `- ${markdownText(line)}`).join('\n');
