import { cleanUpWaits, environmentsSection } from './environments.ts';
import { plural } from './plural.ts';
import type { Report, ReportList, ReportRow } from './report.ts';
import type { Output, Section, Table } from './output.ts';

/** More rows than this are counted, not listed; blocked rows are listed always. */
const listed = 40;

/** What a command did with a root module. */
export type Outcome = {
  /** How a phase is called that has a revision: `written`, or `ready` where nothing is written. */
  readonly revision: 'written' | 'ready';
  /** What was written, in sentences. */
  readonly written: readonly string[];
  /** What to do next, in sentences. */
  readonly next: readonly string[];
};

/** What is there, what each row becomes, what was written, what is stopped, what to do. `module`: how messages call it. */
export const moduleOutput = (
  module: string,
  report: Report,
  { revision, written, next }: Outcome,
): Required<Pick<Output, 'headline' | 'details' | 'sections' | 'closing'>> => ({
  headline: `${module}: ${sourceText(report)}`,
  details: [`${countsText(report)}.`],
  sections: [
    rowsSection(report.rows),
    listsSection(report.lists),
    phasesSection(report, revision),
    environmentsSection(report),
  ].filter(({ parts }) => parts.length > 0),
  closing: [written, [...next, ...explainLines(report)]],
});

/** Where the source is, to complete a line that begins with the name of the root module. */
export const sourceText = ({ sourcePhase }: Report): string =>
  sourcePhase === null
    ? 'migration not started.'
    : sourcePhase === 'per-environment'
      ? 'a variable of the source says at which phase each environment is. It is not known whether that is applied.'
      : `the source is at phase ${sourcePhase}. It is not known whether that is applied.`;

const countsText = ({ counts, lists }: Pick<Report, 'counts' | 'lists'>): string => {
  const { rows, converted, leftToEks, dropped, blocked } = counts;
  const known = `${rows} ${rows === 1 ? 'row' : 'rows'}: ${converted} converted, ${leftToEks} left to EKS, ${dropped} dropped, ${blocked} blocked`;
  if (lists.length === 0) return known;
  return `${known}; ${lists.length} ${lists.length === 1 ? 'list' : 'lists'} whose rows are unknown until plan`;
};

const rowsSection = (rows: readonly ReportRow[]): Section => {
  const shown = rows.length <= listed ? rows : rows.filter(({ disposition }) => disposition === 'blocked');
  const left = rows.length - shown.length;
  const table: Table = {
    columns: ['principal', 'result', 'entry or reason'],
    rows: shown.map(row => [row.principal, endings[row.disposition], becomes(row)]),
    whole: true,
  };
  return {
    parts: [
      ...(shown.length === 0 ? [] : [table]),
      ...(left === 0
        ? []
        : [
            `${plural(left, shown.length === 0 ? 'row' : 'more row')} ${left === 1 ? 'is' : 'are'} in the report (--format json).`,
          ]),
    ],
  };
};

const listsSection = (lists: readonly ReportList[]): Section => ({ parts: lists.flatMap(listParts) });

/** `var.map_roles in aws_auth_roles: converted at plan time`, and its rows where values were given. */
const listParts = ({ list, argument, source, disposition, given }: ReportList): readonly (string | Table)[] => {
  const converted = list === 'accounts' ? 'must be empty when Terraform plans' : 'converted at plan time';
  const end = disposition === 'converted' ? converted : endings[disposition];
  const head = `${shortened(source.replace(/\s+/g, ' '))} in ${argument}: ${end}`;
  if (!given) return [head];
  const rows = given.slice(0, listed).map(row => {
    const codes = row.codes.length === 0 ? '' : ` (${row.codes.join(', ')})`;
    return [row.principal, endings[row.disposition], `${shortened(row.reason)}${codes}`];
  });
  const count = `${given.length} ${given.length === 1 ? 'row' : 'rows'}`;
  return [`${head}; with the values given it has ${count}:`, { rows, whole: true }];
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

const phasesSection = (report: Pick<Report, 'phases' | 'environments'>, revision: Outcome['revision']): Section => {
  const rows = report.phases.map(({ number, id, status, changes, blockedBy }) => {
    const waits = id === 'clean-up' && status === 'ready' && revision === 'ready' && cleanUpWaits(report);
    const word = waits ? 'waits for all at 4' : status === 'ready' ? revision : status.replaceAll('-', ' ');
    const state = status === 'blocked' && blockedBy.length > 0 ? `${word} by ${blockedBy.join(', ')}` : word;
    const more = changes.length > 2 ? [`${changes.length - 2} more`] : [];
    return [id === 'per-environment' ? id : `${number} ${id}`, state, [...changes.slice(0, 2), ...more].join('; ')];
  });
  return { parts: rows.length === 0 ? [] : [{ rows, whole: true }] };
};

const explainLines = ({ diagnostics }: Report): string[] => {
  const codes = [...new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code))];
  return codes.length === 0 ? [] : [`More about ${codes.join(', ')}: tf-access-entries explain ${codes[0]}`];
};
