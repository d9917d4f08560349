import { markdownCode, markdownText } from '../../escape/markdown.ts';
import { createLocator, guideUrl, phaseNumber, type Diagnostic, type PhaseId } from '../../diagnostics/index.ts';
import { isByCall, isByValue, isOfManyEnvironments } from '../per-environment/ways.ts';
import { checklist, type Environment } from '../per-environment/checklist.ts';
import { involvedClusters, repeatedCluster } from '../involved.ts';
import { keyFollowsRunner } from '../gates/late-values.ts';
import type { State } from '../phase.ts';
import type { Staged, StagedPhase } from '../staged.ts';
import { filesOf, isOfManyCalls } from '../callers/calls.ts';
import { callersSection } from './callers.ts';
import { templates } from '../templates.generated.ts';
import { clusterNames, clustersOrOne, namedClusters } from './named-clusters.ts';
import { gatesName, section } from './section.ts';
import { setUp } from './set-up.ts';
import { paceOf, type Pace } from './pace.ts';
import { permissionsOf } from './permissions.ts';
import { countsOf, rowsOf } from './who-gets-what.ts';
import { configNames, fileInRoot } from './words.ts';

/** MIGRATION.md: what to set up, the phases, who gets what, and per phase what to run and how to go back. */
export const runbook = (
  state: State,
  staged: Staged,
  diagnostics: readonly Diagnostic[],
  environments: readonly Environment[] = [],
): string => {
  const names = clusterNames(state);
  const { account, rows } = rowsOf(state);
  const isSource = state.options.emit !== 'aws-cli';
  const repeated = isSource ? repeatedCluster(state) : undefined;
  return templates.runbook({
    clusters: involvedClusters(state)
      .map(({ address }) => markdownText(address))
      .join(', '),
    configMap: state.source.live ? markdownCode(state.source.live.file) : null,
    from: originWords(state),
    settings: settingsWords(state),
    guide: guideUrl,
    setUp: setUp(state, staged),
    phases: staged.phases.map(checklistLine),
    checklist: checklist(environments),
    byValue: isByValue(state),
    byCall: isByCall(state),
    counts: countsOf(state),
    account: account === undefined ? null : account,
    rows,
    findings: diagnostics.filter(({ severity }) => severity !== 'note').map(findingIn(state)),
    notes: noteWords(state, diagnostics),
    callers: callersSection(state, isByCall(state)),
    ...namesOfEach(state),
    repeated:
      repeated?.repetition.kind === 'many' && !isOfManyCalls(state) && !isOfManyEnvironments(state)
        ? `${markdownCode(repeated.address)} has ${markdownCode(repeated.repetition.argument)}`
        : null,
    unnamed:
      isSource &&
      !repeated &&
      !isOfManyCalls(state) &&
      !isOfManyEnvironments(state) &&
      names.length === 1 &&
      names[0] === '"$CLUSTER_NAME"',
    modeIsExpression: isSource && involvedClusters(state).some(({ mode }) => mode.kind === 'expression'),
    // Not to be pasted at once.
    modeCommands: modePhases.flatMap(([id, mode]) =>
      namedClusters(state).map(
        ({ name, inRegion }) =>
          `phase ${phaseNumber(id)}: ${markdownCode(`aws eks update-cluster-config${inRegion} --name ${name} --access-config authenticationMode=${mode}`)}`,
      ),
    ),
    sections: staged.phases.flatMap(phase => (phase.runbook ? [section(phase, phase.runbook, state)] : [])),
    keyFollowsRunner: keyFollowsRunner(state),
    twins: namedClusters(state).some(({ hasTwin }) => hasTwin),
    lockedOut: clustersOrOne(state).flatMap(({ name, inRegion }, index) => [
      ...(index === 0 ? ['ARN="$(aws iam get-role --role-name "${ROLE:?}" --query Role.Arn --output text)"'] : []),
      `aws eks create-access-entry${inRegion} --cluster-name ${name} --principal-arn "$ARN"`,
      `aws eks associate-access-policy${inRegion} --cluster-name ${name} --principal-arn "$ARN" --policy-arn arn:${partitionOf(state)}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy --access-scope type=cluster`,
    ]),
    permissions: permissionsOf(staged),
    removal: phaseNumber('remove-aws-auth'),
  });
};

/** The variables of the shell for the names that are those of one environment. */
const namesOfEach = (state: State): object => {
  const variables = namedClusters(state).flatMap(({ word }) => (typeof word === 'string' ? [] : [word.variable]));
  return { eachName: isOfManyEnvironments(state) ? [...new Set(variables)].map(markdownCode).join(', ') : '' };
};

const modePhases = [
  ['enable-api', 'API_AND_CONFIG_MAP'],
  ['api-only', 'API'],
] as const;

const partitionOf = ({ transformed }: State): string =>
  transformed
    .flatMap(({ outcomes }) => outcomes)
    .map(({ entry }) => entry?.policies[0]?.partition)
    .find(Boolean) ?? 'aws';

const originWords = ({ source: { live, module } }: State): string =>
  [
    ...(module.files.length > 0 ? ['the source'] : []),
    ...(live ? [`the live ConfigMap in ${markdownCode(live.file)}`] : []),
  ].join(' and ');

/** What the conversion was told beside the source, and where that stands. */
const settingsWords = (state: State): string => {
  const { options } = state;
  const { emit = 'module', ssoRegion, runner } = options;
  const names = configNames(options).map(name => markdownCode(fileInRoot(state, name)));
  if (names.length === 0) return '';
  // Flags stand in the commands; what a config says, nowhere else.
  const flags = [
    ...(emit === 'module' ? [] : [`--emit ${emit}`]),
    ...(ssoRegion === undefined ? [] : [`--sso-region ${ssoRegion}`]),
    ...(runner === undefined ? [] : [`--runner ${runner}`]),
  ].map(markdownCode);
  return `Config: ${names.join(', ')}.${flags.length === 0 ? '' : ` Read with ${flags.join(', ')}.`}`;
};

const checklistLine = ({ phase: { id }, status, blockedBy, elsewhere, changes }: StagedPhase): object => ({
  number: phaseNumber(id),
  id,
  begin: beginOf(id, status, blockedBy, elsewhere === true || changes.length > 0),
  ...(status === 'done' ? { undo: '', wait: '' } : paceWords(id)),
});

/** The one that cannot be taken back stands out. */
const paceWords = (id: PhaseId): Pace => ({ ...paceOf[id], undo: paceOf[id].undo.replace(/^no(?=:)/, '**no**') });

const beginOf = (
  id: PhaseId,
  status: StagedPhase['status'],
  blockedBy: StagedPhase['blockedBy'],
  isByHand: boolean,
): string => {
  if (status === 'blocked') return `blocked by ${blockedBy.join(', ')}`;
  if (status === 'done') return 'done';
  return `\`gates ${gatesName(id)}\`${status === 'nothing-to-change' && !isByHand ? ', nothing to change' : ''}`;
};

const findingIn = (state: State): ((diagnostic: Diagnostic) => object) => {
  const placeOf = placesIn(state);
  return diagnostic => {
    const { code, message, hint, severity } = diagnostic;
    const place = placeOf(diagnostic);
    return {
      code,
      place: place === undefined ? '' : `${markdownText(place)}: `,
      message: markdownText(message),
      // What stops a phase is to be settled now.
      hint: hint === undefined || severity !== 'error' ? null : markdownText(hint),
    };
  };
};

const placesIn = (state: State): ((diagnostic: Diagnostic) => string | undefined) => {
  const { live } = state.source;
  const locate = createLocator(
    new Map([...filesOf(state), ...(live ? [live] : [])].map(({ file, text }) => [file, text])),
  );
  return ({ range }) => {
    const place = range && locate(range);
    return place && `${place.file}:${place.from.line}`;
  };
};

/** The places of each code, of which a few are named. */
const noteWords = (state: State, diagnostics: readonly Diagnostic[]): string => {
  const placeOf = placesIn(state);
  const notes = new Map<string, string[]>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== 'note') continue;
    const places = notes.get(diagnostic.code) ?? [];
    notes.set(diagnostic.code, [...places, ...[placeOf(diagnostic) ?? []].flat()]);
  }
  return [...notes]
    .map(([code, places]) => {
      const shown = places.slice(0, mostPlaces).map(markdownText).join(', ');
      const more = places.length > mostPlaces ? ` and ${places.length - mostPlaces} more` : '';
      return shown === '' ? code : `${code} (${shown}${more})`;
    })
    .join(', ');
};

const mostPlaces = 2;
