import { setAttribute, type Edit } from '../hcl/index.ts';
import type { CalledCluster, Cluster, ResourceCluster } from '../parser/index.ts';
import { modeOfResource } from './access-config.ts';
import { clustersHere, involvedClusters, modeIs, modeIsHere } from './involved.ts';
import type { ByHand, State, PhasePlan, PhaseRunbook } from './phase.ts';
import { namedClusters } from './runbook/named-clusters.ts';

/** Writes the mode: an argument of the module, or one of `access_config` of a resource. */
const setMode = (cluster: CalledCluster | ResourceCluster, mode: string): readonly Edit[] =>
  cluster.kind === 'module'
    ? [setAttribute(cluster.block.in, cluster.block.body, 'authentication_mode', `"${mode}"`)]
    : modeOfResource(cluster, mode);

/** What the plan shows where the mode of these clusters is written. */
export const modeUpdates = (clusters: readonly Cluster[], what: string): readonly string[] => {
  const addresses = clusters.map(({ kind, address }) => (kind === 'resource' ? address : 'aws_eks_cluster.this[0]'));
  return [
    ...[...new Set(addresses)].map(address => `${address}: ${what}`),
    ...(clusters.some(({ kind }) => kind === 'resource')
      ? [
          'no replacement of the cluster. A plan that shows one, for bootstrap_cluster_creator_admin_permissions, must not be applied: give that argument the value of the state, or list access_config[0].bootstrap_cluster_creator_admin_permissions in ignore_changes, and plan again',
        ]
      : []),
    'nothing destroyed, nothing replaced',
  ];
};

/** The clusters whose mode the AWS CLI sets: their module stays at a release without an argument for it. */
const clustersByCli = (state: State): ReturnType<typeof clustersHere> =>
  clustersHere(state).filter(({ mode }) => mode.kind === 'by-cli');

/**
 * The commands that set the mode where no release before version 20 has an argument for it. The provider takes the value of the
 * cluster where none is written, so a later plan does not change it.
 * Source: EKS user guide, setting-up-access-entries; terraform-provider-aws, internal/service/eks/cluster.go (Optional and Computed).
 */
export const modeByHand = (state: State, mode: string): { readonly byHand?: ByHand } => {
  const byCli = clustersByCli(state);
  if (byCli.length === 0) return {};
  const set = namedClusters(state).filter(({ cluster }) => byCli.some(one => one === cluster));
  const calls = byCli.map(({ address }) => address).join(', ');
  return {
    byHand: {
      heading: 'Set the mode, and wait until the cluster is active again:',
      note: `**By hand.** The release of ${calls} has no argument for the mode, so nothing changes in the source: the AWS CLI sets it. A later plan leaves it as it is.`,
      commands: set.flatMap(({ name, inRegion }) => [
        `aws eks update-cluster-config${inRegion} --name ${name} --access-config authenticationMode=${mode}`,
        `aws eks wait cluster-active${inRegion} --name ${name}`,
      ]),
    },
  };
};

/** The same, one line each, for the report. */
const modeChanges = (state: State, mode: string): readonly string[] =>
  clustersByCli(state).map(({ address }) => `${address}: mode ${mode}, set with the AWS CLI`);

/** What the plan shows of the mode: nothing of a cluster whose mode the AWS CLI sets. */
export const modePlan = (state: State, lines: readonly string[]): readonly string[] => {
  const byCli = clustersByCli(state);
  if (byCli.length === 0) return lines;
  if (byCli.length === clustersHere(state).length) return ['No changes: the mode is not in the source.'];
  return [...lines, `nothing of ${byCli.map(({ address }) => address).join(', ')}`];
};

/** A phase that raises the mode: what it writes, and the modes with which it is done. */
export type ModeStep = { readonly mode: string; readonly done: readonly string[] };

const openClusters = (state: State, { done }: ModeStep): ReturnType<typeof clustersHere> =>
  clustersHere(state).filter(cluster => !modeIs(cluster, ...done));

export const modeIsDone = (state: State, step: ModeStep): boolean =>
  involvedClusters(state).length > 0 && openClusters(state, step).length === 0;

export const planMode = (state: State, step: ModeStep, runbook: PhaseRunbook): PhasePlan => {
  const open = openClusters(state, step);
  const { mode } = step;
  return {
    edits: open.flatMap(cluster => setMode(cluster, mode)),
    changes: [...open.map(({ address }) => `${address}: authentication_mode = "${mode}"`), ...modeChanges(state, mode)],
    findings: [],
    runbook,
    isElsewhere: !modeIsHere(state),
    isByHand: clustersByCli(state).length > 0,
    isDecidedElsewhere: clustersHere(state).some(cluster => cluster.mode.kind === 'expression'),
    undecided: undecided(state, step),
  };
};

/** Expressions of which it is not known that they give the mode. Where entries are in the source, it has the API if nothing says otherwise. */
const undecided = (state: State, { mode, done }: ModeStep): readonly string[] =>
  clustersHere(state).flatMap(({ address, mode: written, existing }) => {
    const known = state.modes?.get(address);
    if (written.kind !== 'expression' || known === undefined) return [];
    const isOpen = known.some(({ value }) => value === undefined || !done.includes(value));
    const isAgainst = known.some(({ value }) => value !== undefined && !done.includes(value));
    if (!isOpen || (mode === 'API_AND_CONFIG_MAP' && existing.entries.length > 0 && !isAgainst)) return [];
    return [`${address}: ${written.source.replace(/\s+/g, ' ')} must give "${mode}"`];
  });
