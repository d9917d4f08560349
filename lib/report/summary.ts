import type { Report, ReportList, ReportPhase, ReportRow } from './report.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import type { Outcome, View } from './view.ts';
import { visible } from './width.ts';

/** More rows than this are counted, not listed; blocked rows are listed always. */
const listed = 40;

/** What is there, what each row becomes, what was written, what is stopped, what to do. */
export const summaryText = ({ module, report, style, outcome }: View): string => {
  const paragraphs = [
    [`${style('bold', visible(module))}: ${sourceText(report)}`, `${countsText(report)}.`],
    rowLines(report.rows, style),
    report.lists.flatMap(listLines),
    report.phases.length === 0 ? [] : phaseLines(report.phases, outcome),
    outcome.written.map(visible),
    [...outcome.next, ...explainLines(report)],
  ];
  return `${paragraphs
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`;
};

const sourceText = ({ sourcePhase }: Report): string =>
  sourcePhase === null
    ? 'no phase is done in the source.'
    : `the source is at phase ${sourcePhase}. Whether it is applied is not known.`;

export const countsText = ({ counts, lists }: Pick<Report, 'counts' | 'lists'>): string => {
  const { rows, converted, leftToEks, dropped, blocked } = counts;
  const known = `${rows} ${rows === 1 ? 'row' : 'rows'}: ${converted} converted, ${leftToEks} left to EKS, ${dropped} dropped, ${blocked} blocked`;
  if (lists.length === 0) return known;
  return `${known}; ${lists.length} ${lists.length === 1 ? 'list' : 'lists'} whose rows are unknown until plan`;
};

const rowLines = (rows: readonly ReportRow[], style: Style): string[] => {
  if (rows.length === 0) return [];
  const blocked = rows.filter(({ disposition }) => disposition === 'blocked');
  const shown = rows.length <= listed ? rows : blocked;
  const left = rows.length - shown.length;
  const lines = table([
    ['  principal', 'ends as', 'as, or why'],
    ...shown.map(row => [`  ${visible(row.principal)}`, endings[row.disposition], visible(becomes(row))]),
  ]);
  if (shown.length === 0) lines.length = 0;
  else lines[0] = style('dim', lines[0] ?? '');
  return left === 0 ? lines : [...lines, `  ${left} more rows are in the report (--format json).`];
};

/** `var.map_roles in aws_auth_roles: converted at plan time`, and its rows where values were given. */
const listLines = ({ argument, source, disposition, given }: ReportList): string[] => {
  const end = disposition === 'converted' ? 'converted at plan time' : endings[disposition];
  const head = visible(`  ${shortened(source.replace(/\s+/g, ' '))} in ${argument}: ${end}`);
  if (!given) return [head];
  const rows = given.slice(0, listed).map(own => {
    const codes = own.codes.length === 0 ? '' : ` (${own.codes.join(', ')})`;
    return [`    ${visible(own.principal)}`, endings[own.disposition], visible(`${shortened(own.reason)}${codes}`)];
  });
  return [
    `${head}; with the values given it has ${given.length} ${given.length === 1 ? 'row' : 'rows'}:`,
    ...table(rows),
  ];
};

const endings: Readonly<Record<ReportRow['disposition'], string>> = {
  converted: 'converted',
  'left-to-eks': 'left to EKS',
  dropped: 'dropped',
  blocked: 'blocked',
};

/** `admin: AmazonEKSClusterAdminPolicy, groups a, b`, or the reason. */
const becomes = ({ disposition, key, form, type, policies = [], groups = [], reason, codes }: ReportRow): string => {
  if (disposition !== 'converted' || (key === undefined && form !== 'command')) {
    return codes.length === 0 ? shortened(reason) : `${shortened(reason)} (${codes.join(', ')})`;
  }
  const parts = [
    ...(type === undefined || type === 'STANDARD' ? [] : [type]),
    ...policies,
    ...(groups.length === 0 ? [] : [`groups ${groups.join(', ')}`]),
    ...(form === 'resource' ? ['as resources'] : []),
  ];
  if (key === undefined) return parts.join(', ') || 'an entry without rights';
  return parts.length === 0 ? key : `${key}: ${parts.join(', ')}`;
};

/** The finding above the table has the rest. */
const shortened = (reason: string): string => (reason.length <= 80 ? reason : `${reason.slice(0, 79).trimEnd()}…`);

const phaseLines = (phases: readonly ReportPhase[], { revision }: Outcome): string[] =>
  table(
    phases.map(({ number, id, status, changes, blockedBy }) => {
      const word = status === 'ready' ? revision : status.replaceAll('-', ' ');
      const state = status === 'blocked' && blockedBy.length > 0 ? `${word} by ${blockedBy.join(', ')}` : word;
      const more = changes.length > 2 ? [`${changes.length - 2} more`] : [];
      return [`  ${number} ${id}`, state, visible([...changes.slice(0, 2), ...more].join('; '))];
    }),
  );

const explainLines = ({ diagnostics }: Report): string[] => {
  const codes = [...new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code))];
  return codes.length === 0 ? [] : [`More about ${codes.join(', ')}: tf-access-entries explain ${codes[0]}`];
};
