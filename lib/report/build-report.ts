import { defined, phaseNumber, createLocator, type Code, type Diagnostic, type Range } from '../diagnostics/index.ts';
import { configNames, type Staged, type State } from '../emitter/index.ts';
import { titleOf } from '../parser/index.ts';
import type { RowOutcome, Transformed } from '../transformer/index.ts';
import { reportDiagnostics } from './places.ts';
import {
  countRows,
  type Report,
  type ReportCluster,
  type ReportEnvironment,
  type ReportList,
  type ReportRow,
  type ReportSettings,
} from './report.ts';

/** The report of a run, as data. `texts` are the files its ranges point into. */
export const buildReport = (
  state: State,
  staged: Staged,
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  environments: readonly ReportEnvironment[] = [],
): Report => {
  const locate = createLocator(texts);
  const { place = (range: Range): Range => range } = state.phased ?? {};
  const lineOf = (range: Range): number => locate(place(range))?.from.line ?? 1;
  const rows = state.transformed.flatMap(transformed =>
    transformed.outcomes.map(outcome => rowOf(transformed, outcome, lineOf(outcome.row.origin))),
  );
  return {
    version: 1,
    ...defined({ settings: settingsOf(state) }),
    sourcePhase: staged.sourcePhase ?? null,
    clusters: state.source.clusters.map(cluster => clusterOf(state, cluster)),
    counts: countRows(rows),
    rows,
    lists: state.transformed.flatMap(transformed => listsOf(transformed, lineOf)),
    phases: staged.phases.map(({ phase, status, changes, blockedBy }) => ({
      number: phaseNumber(phase.id),
      id: phase.id,
      status,
      changes: [...changes],
      blockedBy: [...blockedBy],
    })),
    ...(environments.length === 0 ? {} : { environments: [...environments] }),
    diagnostics: reportDiagnostics(diagnostics, texts),
  };
};

const settingsOf = ({ options }: State): ReportSettings | undefined => {
  const { emit = 'module', ssoRegion, runner } = options;
  const configs = configNames(options);
  const isPlain = configs.length === 0 && emit === 'module' && ssoRegion === undefined && runner === undefined;
  return isPlain ? undefined : { configs: [...configs], emit, ...defined({ ssoRegion, runner }) };
};

const clusterOf = ({ source }: State, cluster: State['source']['clusters'][number]): ReportCluster => {
  const { address, block, version, mode } = cluster;
  return {
    module: address,
    file: block.in.file,
    moduleVersion: version.kind === 'unknown' ? null : version.version,
    mode: mode.kind === 'literal' ? mode.value : mode.kind === 'expression' ? mode.source : null,
    awsAuth: source.pairs.find(pair => pair.cluster === cluster)?.mapping.address ?? null,
  };
};

const rowOf = ({ cluster }: Transformed, outcome: RowOutcome, line: number): ReportRow => {
  const { row, disposition, reason, name, entry, existing, diagnostics } = outcome;
  // A command has no key.
  const key = entry?.form === 'command' ? undefined : (entry?.key ?? existing?.entry.key);
  const found = existing?.entry.form;
  const groups = entry?.groupsSource;
  const form = entry?.form ?? (found === 'live' ? undefined : found);
  return {
    cluster: cluster ? titleOf(cluster) : null,
    list: row.list,
    index: row.index,
    ...(row.live ? { from: 'config-map' as const } : {}),
    file: row.origin.file,
    line,
    principal: name,
    disposition,
    reason,
    ...defined({
      key,
      form,
      type: entry?.type,
      policies: entry?.policies.map(({ policyName }) => policyName),
      groups: groups === undefined ? undefined : groups === '[]' ? [] : [groups],
      username: entry?.usernameSource,
    }),
    codes: codesOf(diagnostics),
  };
};

const codesOf = (diagnostics: readonly Diagnostic[]): Code[] => [...new Set(diagnostics.map(({ code }) => code))];

const listsOf = ({ lists, cluster, planned }: Transformed, lineOf: (range: Range) => number): ReportList[] =>
  lists.map(({ list: { list, argument, range, source }, disposition }) => ({
    cluster: cluster ? titleOf(cluster) : null,
    list,
    argument,
    file: range.file,
    line: lineOf(range),
    source,
    rows: 'unknown until plan',
    disposition,
    ...defined({
      form: disposition === 'converted' ? planned?.form : undefined,
      given: planned?.lists
        .find(known => known.range === range)
        ?.given?.map(row => ({
          principal: row.name,
          disposition: row.disposition,
          reason: row.reason,
          codes: codesOf(row.diagnostics),
        })),
    }),
  }));
