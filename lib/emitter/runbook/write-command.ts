import { phaseNumber, type PhaseId } from '../../diagnostics/index.ts';
import { parsePrincipalArn } from '../../eks/index.ts';
import { isToldApart } from '../../parser/index.ts';
import { pathWord, shellQuote } from '../../escape/shell.ts';
import { isByCall, isByValue } from '../per-environment/ways.ts';
import { isForManyClusters, isShared } from '../callers/calls.ts';
import { repeatedCluster } from '../involved.ts';
import type { State } from '../phase.ts';
import type { Transformed } from '../../transformer/index.ts';
import { clustersOrOne, configMapBackup } from './named-clusters.ts';
import { fileWord } from './words.ts';

const called = ({ options: { pathFromModule = String } }: State, file: string): string => pathFromModule(file);

/** What came through a pipe comes through one again. Ends with a space. */
export const configMapPipe = (state: State): string => {
  const { live } = state.source;
  if (!live || called(state, live.file) !== '-') return '';
  const [{ kubectl } = { kubectl: 'kubectl' }] = clustersOrOne(state);
  return `${kubectl} get configmap aws-auth -n kube-system -o yaml | `;
};

/** Where a variable says how far each environment is, the clean-up asks for all of them. */
const environmentFlags = (state: State): readonly string[] => {
  const { environments = new Map<string, string>(), pathFromModule = String } = state.options;
  const named = [...environments.keys()].map(file => fileWord(state, pathFromModule(file)));
  if (!isByValue(state) || (isByCall(state) && named.length === 0)) return [];
  return (named.length === 0 ? ['"${ENVIRONMENTS:?the files of values, such as envs/*.tfvars}"'] : named).flatMap(
    file => ['--environments', file],
  );
};

/** The module, as `convert` takes it in a root module: that stands for one that it calls itself, and for none behind that. */
export const moduleWord = ({ calls = [], options: { wayToModule } }: State): string =>
  !calls.some(isShared) ? '.' : wayToModule === undefined ? '"${MODULE:?its directory}"' : pathWord(wayToModule);

/** Whether rows have principals that the source does not tell: their live entries are not found by it. */
const isUntoldIn = ({ planned, outcomes }: Transformed, { config }: State['options']): boolean =>
  planned !== undefined ||
  outcomes.some(
    ({ disposition, name }) =>
      (disposition === 'converted' || disposition === 'left-to-eks') &&
      parsePrincipalArn(config.principals?.[name]?.arn ?? name) === undefined,
  );

/** What the conversion was told, for the command that writes a phase; and what a phase that takes access away asks for. */
export const writeFlags = (phase: number, state: State): string => {
  const { source, transformed, options } = state;
  const awsAuth = source.live && called(state, source.live.file);
  const isUntold = source.clusters.length < 2 && transformed.some(one => isUntoldIn(one, options));
  const { emit = 'module', entriesModule, configFile, to, ssoRegion, clusterCreatorAdmin, runner } = options;
  const { variableFiles, pathFromModule = String } = options;
  const isRepeated = repeatedCluster(state) !== undefined;
  const isOfMany =
    isForManyClusters(state) ||
    (isRepeated && source.clusters.length < 2) ||
    source.clusters.some(one => !isToldApart(one, source.clusters));
  const isBetween = (first: PhaseId): boolean => phase >= phaseNumber(first) && phase < phaseNumber('clean-up');
  return [
    ...(emit === 'module' ? [] : ['--emit', emit]),
    ...(configFile === undefined ? [] : ['--config', fileWord(state, configFile)]),
    ...(entriesModule === undefined ? [] : ['--entries-module', shellQuote(entriesModule)]),
    ...(to ? ['--to', to] : []),
    ...(ssoRegion === undefined ? [] : ['--sso-region', shellQuote(ssoRegion)]),
    ...[...(variableFiles?.keys() ?? [])].flatMap(file => ['--var-file', fileWord(state, pathFromModule(file))]),
    ...(phase === phaseNumber('clean-up') ? environmentFlags(state) : []),
    ...(clusterCreatorAdmin ? ['--cluster-creator-admin'] : []),
    ...(awsAuth === undefined ? [] : ['--aws-auth', fileWord(state, awsAuth)]),
    // A snapshot is of one cluster, and so is a ConfigMap. The plan of each caller is judged by those of its own.
    // Of whom rows are that only a plan knows, the ConfigMap tells that phase 3 empties.
    ...(awsAuth === undefined && isUntold && !isOfMany && isBetween('remove-aws-auth')
      ? ['--aws-auth', configMapBackup]
      : []),
    ...(isBetween('add-access-entries') && !isOfMany ? ['--existing entries.json'] : []),
    ...(isBetween('remove-aws-auth') && (isOfMany || isRepeated) ? ['--accept-unverified'] : []),
    ...(isBetween('remove-aws-auth') && !isOfMany
      ? ['--runner', runner === undefined ? '"$RUNNER_ARN"' : shellQuote(runner)]
      : []),
  ]
    .map(word => ` ${word}`)
    .join('');
};
