import { markdownCode, markdownText } from '../../escape/markdown.ts';
import { shellQuote } from '../../escape/shell.ts';
import { createLocator, phaseNumber, type Diagnostic } from '../../diagnostics/index.ts';
import { positionOf, titleOf } from '../../parser/index.ts';
import type { RowOutcome } from '../../transformer/index.ts';
import { filesOf } from '../callers/calls.ts';
import { involvedClusters } from '../involved.ts';
import { keyFollowsRunner } from '../gates/late-values.ts';
import type { LiveGate, PhaseRunbook, State } from '../phase.ts';
import type { Staged, StagedPhase } from '../stage.ts';
import { templates } from '../templates.generated.ts';
import { plannedRows } from '../phases/add-access-entries/planned-runbook.ts';
import {
  authenticatorLog,
  clusterFlag,
  clusterNames,
  clustersOrOne,
  configFlag,
  configNames,
  namedClusters,
  ofCluster,
  snapshotLoop,
} from './words.ts';
import { callersSection } from './callers.ts';
import { configMapPipe, writeFlags } from './write-command.ts';

/** MIGRATION.md: the phases, who gets what, and per phase what to check, to apply, to expect and how to go back. */
export const runbook = (state: State, staged: Staged, diagnostics: readonly Diagnostic[]): string => {
  const names = clusterNames(state);
  return templates.runbook({
    clusters: involvedClusters(state)
      .map(({ address }) => markdownText(address))
      .join(', '),
    configMap: state.source.live ? markdownCode(state.source.live.file) : null,
    from: originWords(state),
    settings: settingsWords(state),
    phases: staged.phases.map(overview),
    counts: counts(state),
    rows: [
      ...state.transformed.flatMap(({ cluster, outcomes }) => outcomes.map(rowLine(rowOf(state, cluster)))),
      ...plannedRows(state),
    ],
    findings: diagnostics.map(findingIn(state)),
    callers: callersSection(state),
    variables: variables(state, staged, names),
    unnamed: state.options.emit !== 'aws-cli' && names.length === 1 && names[0] === '"$CLUSTER_NAME"',
    modeIsExpression:
      state.options.emit !== 'aws-cli' && involvedClusters(state).some(({ mode }) => mode.kind === 'expression'),
    modeCommands: names.flatMap(name =>
      ['API_AND_CONFIG_MAP', 'API'].map(
        mode =>
          `aws eks update-cluster-config --name ${name} --access-config authenticationMode=${mode}  # phase ${mode === 'API' ? 4 : 1}`,
      ),
    ),
    snapshotLoop: names.map(snapshotLoop).join('\n'),
    sections: staged.phases.flatMap(phase => (phase.runbook ? [section(phase, phase.runbook, state)] : [])),
    contexts: namedClusters(state)
      .filter(({ of }) => of !== '')
      .map(({ name, alias }) => `aws eks update-kubeconfig --name ${name} --alias ${alias}`),
    keyFollowsRunner: keyFollowsRunner(state),
    twins: namedClusters(state).some(({ hasTwin }) => hasTwin),
    clustersOrOne: clustersOrOne(state).map(({ name }) => name),
    partition:
      state.transformed
        .flatMap(({ outcomes }) => outcomes)
        .map(({ entry }) => entry?.policies[0]?.partition)
        .find(Boolean) ?? 'aws',
  });
};

const originWords = ({ source: { live, module } }: State): string =>
  [
    ...(module.files.length > 0 ? ['the source'] : []),
    ...(live ? [`the live ConfigMap in ${markdownCode(live.file)}`] : []),
  ].join(' and ');

/** What the conversion was told beside the source, and where that stands. */
const settingsWords = ({ options }: State): string => {
  const { emit = 'module', ssoRegion, runner } = options;
  const names = configNames(options).map(markdownCode);
  const flags = [
    ...(emit === 'module' ? [] : [`--emit ${emit}`]),
    ...(ssoRegion === undefined ? [] : [`--sso-region ${ssoRegion}`]),
    ...(runner === undefined ? [] : [`--runner ${runner}`]),
  ].map(markdownCode);
  return [
    ...(names.length === 0 ? [] : [`Config: ${names.join(', ')}.`]),
    ...(flags.length === 0 ? [] : [`Read with ${flags.join(', ')}.`]),
  ].join(' ');
};

const overview = ({ phase, status, blockedBy }: StagedPhase, index: number, all: readonly StagedPhase[]): object => ({
  number: phaseNumber(phase.id),
  id: phase.id,
  title: phase.title,
  word: status === 'blocked' ? `blocked by ${blockedBy.join(', ')}` : status.replaceAll('-', ' '),
  last: index === all.length - 1,
  next: phaseNumber(phase.id) + 1,
});

const section = (staged: StagedPhase, book: PhaseRunbook, state: State): object => {
  const { source } = state;
  const { phase, status, changes } = staged;
  const number = phaseNumber(phase.id);
  return {
    number,
    id: phase.id,
    title: phase.title,
    note: noteFor(staged, book),
    changes: status === 'ready' ? changes.map(markdownCode) : [],
    where: book.script ? 'for the cluster' : 'in the source',
    byHand: book.byHand?.commands ?? [],
    byHandHeading: book.byHand?.heading ?? null,
    liveGates: book.liveGates.map(numbered),
    script: status === 'ready' ? (book.script ?? null) : null,
    directory: status === 'ready' && !book.script ? `${number}-${phase.id}` : null,
    init: book.init ?? null,
    pipe: configMapPipe(state),
    flags: writeFlags(number, state),
    cluster: clusterFlag(state),
    // The rows that it settles are judged by it.
    config: number >= phaseNumber('add-access-entries') ? configFlag(state) : '',
    // The snapshot can be made once the mode has the API.
    snapshot: number > phaseNumber('enable-api'),
    // Until phase 3 a plan has to show what writes aws-auth.
    unwritten: source.mappings.length === 0 && number < phaseNumber('remove-aws-auth'),
    planFlags: book.planFlags ?? '',
    plan: book.plan,
    planGates: (book.planGates ?? []).map(numbered),
    recovery: book.recovery ?? [],
    adopt: status === 'ready' && !book.script ? (book.adopt ?? null) : null,
    verify: book.verify.map(numbered),
    back: book.back,
    backCommands: book.backCommands ?? ((status === 'ready' && book.script?.undo) || []),
    permissions: book.permissions.join(', '),
    soak: phase.id === 'add-access-entries' ? clustersOrOne(state).map(({ name }) => authenticatorLog(name)) : [],
  };
};

const noteFor = ({ phase, status, blockedBy, elsewhere }: StagedPhase, { byHand }: PhaseRunbook): string | null => {
  if (status === 'blocked')
    return `**Not written: ${blockedBy.join(', ')} must be settled first.** Then run the tool again.`;
  if (elsewhere) return byHand?.note ?? elsewhereNote(phase.id);
  return status === 'nothing-to-change'
    ? 'The source needs no change for this phase. Check the cluster all the same.'
    : null;
};

const elsewhereNote = (phase: string): string =>
  `**In the other root module.** The cluster is not made here. Set \`authentication_mode = "${phase === 'api-only' ? 'API' : 'API_AND_CONFIG_MAP'}"\` where it is made, and apply it there, in this order.`;

const numbered = (gate: LiveGate, index: number): object => ({ command: null, ...gate, place: index + 1 });

const counts = ({ transformed }: State): string => {
  const outcomes = transformed.flatMap(mapping => mapping.outcomes);
  const count = (wanted: string): number => outcomes.filter(({ disposition }) => disposition === wanted).length;
  return `${outcomes.length} rows: ${count('converted')} converted, ${count('left-to-eks')} left to EKS, ${count('dropped')} dropped, ${count('blocked')} blocked.${unknownLists(transformed)}`;
};

const unknownLists = (transformed: State['transformed']): string => {
  const count = transformed.flatMap(({ mapping }) => mapping?.unread ?? []).length;
  return count === 0 ? '' : ` Rows of ${count} more ${count === 1 ? 'list are' : 'lists are'} unknown until plan.`;
};

/** Where a row is of, as ` of module.blue`: nowhere else where there is one place only. */
const rowOf = (state: State, cluster: State['transformed'][number]['cluster']): string =>
  cluster?.wrapper ? ` of ${markdownText(titleOf(cluster))}` : ofCluster(state, cluster);

const rowLine =
  (of: string) =>
  ({ row, name, disposition, reason, entry }: RowOutcome): object => ({
    place: `${row.live ? markdownText(positionOf(row)) : `${row.list}[${row.index}]`}${of}`,
    principal: markdownCode(name),
    disposition: disposition.replaceAll('-', ' ').replace('eks', 'EKS'),
    gets: entry ? gets(entry) : '',
    why: markdownText(reason),
  });

const gets = ({ type, policies, groupsSource, usernameSource }: NonNullable<RowOutcome['entry']>): string =>
  [
    ...(type === 'STANDARD' ? [] : [`type ${type}`]),
    ...policies.map(
      ({ policyName, scope, namespaces }) =>
        `${policyName} (${scope === 'cluster' ? 'cluster' : markdownText(namespaces.join(', '))})`,
    ),
    ...(groupsSource === undefined || groupsSource === '[]' ? [] : [`groups ${markdownCode(groupsSource)}`]),
    ...(usernameSource === undefined ? [] : [`username ${markdownCode(usernameSource)}`]),
  ].join('; ') || 'sign-in only, no permissions';

const findingIn = (state: State): ((diagnostic: Diagnostic) => object) => {
  const { live } = state.source;
  const locate = createLocator(
    new Map([...filesOf(state), ...(live ? [live] : [])].map(({ file, text }) => [file, text])),
  );
  return ({ code, message, hint, range }) => {
    const place = range && locate(range);
    return {
      code,
      place: place ? markdownText(`${place.file}:${place.from.line}`) : '',
      message: markdownText(message),
      hint: hint === undefined ? null : markdownText(hint),
    };
  };
};

const variables = (state: State, { revisions }: Staged, names: readonly string[]): readonly string[] => {
  const clusters = names
    .flatMap(name => /^"\$(\w+)"$/.exec(name)?.[1] ?? [])
    .map(name => `export ${name}=${shellQuote('<name of the cluster>')}`);
  const arns = state.transformed
    .flatMap(({ entries }) => entries)
    .filter(({ principalArn, policies }) => principalArn === undefined && policies.length > 0)
    .map(
      ({ label, principalSource }) =>
        `export ARN_OF_${label.toUpperCase()}=${shellQuote(`<ARN of ${principalSource.replace(/\s+/g, ' ')}>`)}`,
    );
  const isAsked = revisions.some(({ phase }) => phase === 'remove-aws-auth' || phase === 'api-only');
  const runner = isAsked && state.options.runner === undefined;
  const all = [
    ...clusters,
    ...arns,
    ...(runner ? [`export RUNNER_ARN=${shellQuote('<ARN of the role that runs Terraform>')}`] : []),
  ];
  return all.length === 0 ? ['# none'] : all;
};
