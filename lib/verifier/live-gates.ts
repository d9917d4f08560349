import type { State } from '../emitter/index.ts';
import {
  clusterAdmin,
  holdsPolicy,
  ofClusters,
  snapshotClusters,
  snapshotOf,
  type Cluster,
  type Snapshot,
} from '../parser/index.ts';
import type { Transformed } from '../transformer/index.ts';
import { findLive, rowProblem, unproven, type Held, type LiveGateProblem } from './row-proof.ts';

/**
 * What a snapshot of the live entries leaves unproven before aws-auth goes or the mode becomes API: every converted row has an
 * entry that grants what the row does, every node row left to EKS has one, and the runner is an administrator by an entry. One sentence each.
 * `isCompared`: the live ConfigMap was compared with the snapshot, so that what only a plan knows needs no look.
 * Source: EKS user guide, migrating-access-entries.
 */
export const liveGateProblems = (
  { state }: { readonly state?: State },
  snapshot: Snapshot,
  runner: string | undefined,
  { isCompared: isGiven = false } = {},
): readonly LiveGateProblem[] => {
  if (!state) return [unproven('the module could not be read')];
  const { live } = state.source;
  // As phase 3 leaves it, the ConfigMap has no rows, and proves nothing. It is of one cluster.
  const isComparedIn = (cluster: Cluster | undefined): boolean =>
    isGiven && live !== undefined && live.rows.length > 0 && (cluster === undefined || cluster === live.cluster);
  const parts = state.transformed.map(transformed => ({ ...transformed, part: partFor(state, transformed, snapshot) }));
  const rows = parts.flatMap(({ cluster, outcomes, part }) => {
    const { held, problem } = part;
    const isCompared = isComparedIn(cluster);
    // Whoever accepts that it is of this cluster does not accept what it shows then.
    return [
      ...(problem ? [problem] : []),
      ...(held
        ? outcomes.flatMap(outcome => rowProblem(outcome, held, state.options.config, isCompared) ?? [])
        : []
      ).map(found => ({ ...found, reason: `${found.reason}${held?.where}` })),
    ];
  });
  const lists = state.transformed.flatMap(({ cluster, planned }) =>
    (isComparedIn(cluster) ? [] : (planned?.lists ?? [])).map(({ source }) =>
      unproven(
        `the rows of ${source.replace(/\s+/g, ' ')} are unknown until plan, so their entries cannot be looked up`,
        state.source.clusters.length < 2
          ? 'Give the ConfigMap as it was before phase 3, with --aws-auth: it has these rows.'
          : 'It is of one of several clusters. Compare the ConfigMap of each, as it was before phase 3, with verify-access --cluster-name; then --accept-unverified.',
      ),
    ),
  );
  const held = new Map(parts.flatMap(({ part }) => (part.held ? [[part.held.where, part.held]] : [])));
  const runners = runner === undefined ? [] : [...held.values()].flatMap(one => runnerProblem(one, runner));
  return [...rows, ...lists, ...runners];
};

/**
 * Clusters that a snapshot says nothing about, beside others: which of their entries are live is not known, and one that is made again
 * ends the apply with 409. Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html
 */
export const snapshotGaps = ({ state }: { readonly state?: State }, snapshot: Snapshot): readonly LiveGateProblem[] => {
  const transformed = state?.transformed ?? [];
  if (!state || new Set(transformed.map(({ cluster }) => cluster)).size < 2) return [];
  return transformed
    .filter(({ cluster }) => cluster?.repetition.kind !== 'many')
    .map(one => partFor(state, one, snapshot))
    .flatMap(({ held, problem }) => (held === undefined && problem ? [problem] : []));
};

type Part = { readonly held?: Held; readonly problem?: LiveGateProblem };

/** What a snapshot says of the cluster of some rows. The entries of another one say nothing: its rows may name the same principals. */
const partFor = (state: State, { cluster }: Transformed, snapshot: Snapshot): Part => {
  const { source, options } = state;
  const isOne = new Set(state.transformed.map(other => other.cluster)).size === 1;
  const { address, name, repetition } = cluster ?? { address: 'the rows whose cluster is not known' };
  if (repetition?.kind === 'many') {
    const reason = `${address} has ${repetition.argument}, and a snapshot does not say which entries are of which instance`;
    return { problem: unproven(reason) };
  }
  const part = snapshotOf({ snapshot, source, config: options.config, cluster: { name } });
  const live = snapshotClusters(snapshot);
  if (!part) {
    const held = live.length === 0 ? 'does not name its cluster' : `is ${ofClusters(snapshot)}`;
    const reason = `the snapshot ${held}, and says nothing about ${address}${name === undefined ? '' : `, the cluster ${name}`}`;
    return {
      problem: unproven(reason, 'Take the snapshot by gates.sh, beside MIGRATION.md, which asks every cluster.'),
    };
  }
  const held = { ...part, where: isOne ? '' : ` in the cluster ${name}` };
  const [only] = live;
  if (!cluster || only === undefined || (options.config.clusterName ?? name) !== undefined) return { held };
  const reason = `the snapshot is of the cluster ${only}, and whether ${address} is that cluster the source does not tell`;
  const fix = `If it is, write "clusterName": ${JSON.stringify(only)} into tf-access-entries.config.json.`;
  return { held, problem: unproven(reason, fix) };
};

const runnerProblem = (snapshot: Held, runner: string): readonly LiveGateProblem[] => {
  const live = findLive(snapshot, runner);
  if (live === 'unknown') return [unproven(`the runner ${runner} is not the ARN of a role or user`)];
  const fix = `Give the runner ${clusterAdmin.policy} for the whole cluster by an entry of its own: phase 2 makes one only for a runner that has a row, or with --cluster-creator-admin. Apply that, and take the snapshot anew.`;
  if (!live) return [unproven(`the runner ${runner} has no live entry${snapshot.where}`, fix)];
  const held = holdsPolicy(live, clusterAdmin);
  if (held === 'yes') return [];
  if (held === 'unreadable')
    return [unproven(`the live entry of the runner ${runner} lacks its associations in the snapshot${snapshot.where}`)];
  return [
    unproven(
      `the live entry of the runner ${runner} does not have ${clusterAdmin.policy} for the whole cluster${snapshot.where.replace(/^ in the cluster/, '')}`,
      `Give that entry ${clusterAdmin.policy} for the whole cluster where it is made: EKS refuses a second one. Apply that, and take the snapshot anew.`,
    ),
  ];
};
