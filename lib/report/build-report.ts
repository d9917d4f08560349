import {
  defined,
  phaseNumber,
  createLocator,
  type Diagnostic,
  type PhaseId,
  type Range,
} from '../diagnostics/index.ts';
import { configNames, paceOf, type Staged, type State } from '../emitter/index.ts';
import { titleOf } from '../parser/index.ts';
import type { Transformed } from '../transformer/index.ts';
import { buildRow, codesOf } from './build-row.ts';
import { reportDiagnostics } from './places.ts';
import {
  countRows,
  type Report,
  type ReportCluster,
  type ReportEnvironment,
  type ReportList,
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
    transformed.outcomes.map(outcome => buildRow(transformed, outcome, lineOf(outcome.row.origin))),
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
      title: phase.title,
      ...(status === 'done' ? {} : pace(phase.id)),
      status,
      changes: [...changes],
      blockedBy: [...blockedBy],
    })),
    ...(environments.length === 0 ? {} : { environments: [...environments] }),
    diagnostics: reportDiagnostics(diagnostics, texts),
  };
};

const pace = (id: PhaseId): { undo: string; wait?: string } => {
  const { undo, wait } = paceOf[id];
  return { undo, ...(wait === '' ? {} : { wait }) };
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
