import { environmentsSection } from '../environments.ts';
import type { OutputModule } from '../output.ts';
import type { Report, ReportEnvironment, ReportList } from '../report.ts';
import { findingViews } from './findings.ts';
import { phaseViews } from './phases.ts';
import { administrators, principalTables, results } from './principals.ts';
import { plural } from '../plural.ts';

/** The data of a root module for a page. `id` begins its anchors, and headings have `level` and more. */
export const moduleView = (module: OutputModule, id: string, level: number): ModuleView => {
  const { name, report, own } = module;
  return {
    id,
    name,
    h: { part: level, sub: level + 1 },
    ...findingViews(module, level + 1, report?.phases),
    own: report ? (own ?? null) : null,
    ...(report ? reportView(report, module) : emptyView),
  };
};

type ModuleView = ReportView &
  ReturnType<typeof findingViews> & {
    readonly id: string;
    readonly name: string;
    readonly h: { readonly part: number; readonly sub: number };
    readonly own: string | null;
  };

type ReportView = {
  readonly clusters: readonly object[];
  readonly facts: readonly object[];
  readonly tables: readonly object[];
  readonly lists: readonly object[];
  readonly environments: object | null;
  readonly phases: readonly object[];
};

const emptyView: ReportView = { clusters: [], facts: [], tables: [], lists: [], environments: null, phases: [] };

/** The parts of a page about one root module, for its list of contents. */
export const partsOf = (view: ModuleView): readonly object[] =>
  [
    { name: 'Blockers and decisions left', id: `${view.id}-open`, isThere: true },
    { name: 'Who has what', id: `${view.id}-who`, isThere: view.tables.length > 0 },
    { name: 'Rows known at plan time', id: `${view.id}-lists`, isThere: view.lists.length > 0 },
    { name: 'Environments', id: `${view.id}-environments`, isThere: view.environments !== null },
    { name: 'Phases', id: `${view.id}-phases`, isThere: view.phases.length > 0 },
    { name: 'Notes', id: `${view.id}-notes`, isThere: view.notes.length > 0 },
  ].filter(({ isThere }) => isThere);

const reportView = (report: Report, { changes }: OutputModule): ReportView => {
  const phases = phaseViews(report, changes());
  return {
    clusters: report.clusters.map(({ module, moduleVersion, mode, awsAuth, file }) => ({
      module,
      file,
      release: moduleVersion ?? 'not known',
      mode,
      awsAuth,
    })),
    facts: factsOf(report),
    tables: principalTables(report),
    lists: report.lists.map(listView),
    environments: environmentsView(report),
    phases,
  };
};

const factsOf = (report: Report): readonly object[] => {
  const { counts, lists, settings } = report;
  const { rows, converted, leftToEks, dropped, blocked } = counts;
  const { before, after } = administrators(report);
  const flags = [
    ...(settings?.configs ?? []),
    ...(settings?.ssoRegion === undefined ? [] : [`--sso-region ${settings.ssoRegion}`]),
    ...(settings?.runner === undefined ? [] : [`--runner ${settings.runner}`]),
    ...(settings === undefined || settings.emit === 'module' ? [] : [`--emit ${settings.emit}`]),
  ];
  return [
    { name: 'Rows of aws-auth', value: String(rows) },
    { name: 'Converted', value: String(converted) },
    { name: 'Left to EKS', value: String(leftToEks) },
    { name: 'Dropped', value: String(dropped) },
    { name: 'Blocked', value: String(blocked) },
    { name: 'Administrators', value: `${before} before, ${after} after`, width: 'wide' },
    ...(lists.length === 0 ? [] : [{ name: 'Lists known at plan time', value: String(lists.length) }]),
    ...(flags.length === 0 ? [] : [{ name: 'Read with', value: flags.join(', '), width: 'long' }]),
  ];
};

const endings: Readonly<Record<ReportList['disposition'], string>> = {
  ...results,
  converted: 'Converted at plan time',
};

const listView = ({ source, argument, file, line, list, disposition, given }: ReportList): object => ({
  source,
  place: `${file}:${line}`,
  argument,
  result:
    list === 'accounts' && disposition === 'converted' ? 'Must be empty when Terraform plans' : endings[disposition],
  given: (given ?? []).map(row => ({
    principal: row.principal,
    result: endings[row.disposition],
    reason: row.reason,
    codes: row.codes.join(', '),
  })),
  count: given ? plural(given.length, 'row') : null,
});

/** Where each environment is, what comes next in its file, and what stops that. */
const environmentsView = (report: Report): object | null => {
  const [table] = environmentsSection(report).parts;
  if (table === undefined || typeof table === 'string') return null;
  const stops = (report.environments ?? []).map(environment => blockersOf(environment, report));
  const columns = [...(table.columns ?? []), 'blocked by'];
  return {
    columns,
    rows: table.rows.map((cells, index) =>
      [...cells, stops[index] ?? ''].map((text, place) => ({
        text,
        column: columns[place] ?? '',
        isHead: place === 0,
      })),
    ),
  };
};

/** What one revision stands for is stopped where that is. */
const blockersOf = ({ phase }: ReportEnvironment, { phases }: Report): string => {
  const next = phases.filter(
    ({ id, number, status }) => status === 'blocked' && (id === 'per-environment' || phase === null || number > phase),
  );
  return [...new Set(next.flatMap(({ blockedBy }) => blockedBy))].join(', ') || 'nothing';
};
