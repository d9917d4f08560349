import type { Config } from '../config/index.ts';
import { defined } from '../diagnostics/index.ts';
import { nodeUsernameOfType, nodeUsernames, parsePrincipalArn, principalKey } from '../eks/index.ts';
import type { State } from '../emitter/index.ts';
import {
  clusterAdmin,
  entryOfLive,
  entryType,
  holdsGroup,
  holdsPolicy,
  positionOf,
  readItems,
  snapshotClusters,
  snapshotOf,
  ofClusters,
  valueOr,
  type Cluster,
  type Entry,
  type Snapshot,
  type WantedPolicy,
} from '../parser/index.ts';
import { knownString } from '../terraform/index.ts';
import type { RowOutcome, Transformed } from '../transformer/index.ts';

/**
 * `isProven`: the snapshot shows that access would be lost, so that nobody can take it for unverified. `fix`: what settles it, where
 * that is neither a snapshot nor the runner.
 */
export type LiveGateProblem = { readonly reason: string; readonly isProven: boolean; readonly fix?: string };

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

/** What the snapshot has of one cluster; `where` names that cluster beside others. */
type Held = Pick<Snapshot, 'entries'> & { readonly where: string };

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

const unproven = (reason: string, fix?: string): LiveGateProblem => ({ reason, isProven: false, ...defined({ fix }) });

/** Under a condition it is not known whether the row is in force in this cluster. */
const provenOf = ({ row }: RowOutcome, reason: string, fix?: string): LiveGateProblem => ({
  reason,
  isProven: row.guards.length === 0,
  ...defined({ fix }),
});

const waysOfNodes = {
  none: 'Phase 2 makes no entry for it: make one by hand, of the type of its nodes, or drop the row in the config where no node has the role. Then take the snapshot anew.',
  other:
    'The type of an entry cannot be changed: delete it and make it again, of the type of its nodes. Then take the snapshot anew.',
};

const rowProblem = (
  outcome: RowOutcome,
  snapshot: Held,
  config: Config,
  isCompared: boolean,
): LiveGateProblem | undefined => {
  const { disposition, name, grants, row } = outcome;
  if (disposition !== 'converted' && disposition !== 'left-to-eks') return undefined;
  const live = findLive(snapshot, config.principals?.[name]?.arn ?? name);
  if (live === 'unknown' && isCompared) return undefined;
  if (live === 'unknown') {
    return unproven(`the ARN of ${name} is not in the source, so its live entry cannot be looked up`);
  }
  if (!live)
    return provenOf(
      outcome,
      `${snapshot.where === '' ? 'the live cluster has' : 'there is'} no entry for ${name} (${positionOf(row)})`,
      disposition === 'left-to-eks' ? waysOfNodes.none : undefined,
    );
  if (disposition === 'left-to-eks' || grants.type !== 'STANDARD') {
    return nodeProblem(outcome, live);
  }
  return personProblem(outcome, live, isCompared);
};

/** The type gives a node its groups and its name. A row whose name cannot be read is not compared by it. */
const nodeProblem = (outcome: RowOutcome, live: Entry): LiveGateProblem | undefined => {
  const { name, grants, row } = outcome;
  const type = entryType(live) ?? '';
  const wrong = (reason: string): LiveGateProblem =>
    provenOf(outcome, `the live entry of ${name}${reason}`, waysOfNodes.other);
  if (type === 'STANDARD') return wrong(' is of type STANDARD, not of a node type');
  if (grants.type === 'EC2_WINDOWS' && type !== 'EC2_WINDOWS') {
    return wrong(`, a Windows node role, is of type ${type}, not EC2_WINDOWS`);
  }
  const called = knownString(row.username?.value);
  if (called !== nodeUsernames.ec2 && called !== nodeUsernames.session) return undefined;
  const names = nodeUsernameOfType(type);
  if (names === undefined) {
    return unproven(`that an entry of type ${type}, such as the live one of ${name}, lets nodes in is not documented`);
  }
  return names === called ? undefined : wrong(` is of type ${type}, whose nodes are called ${names}, not ${called}`);
};

/**
 * What the row grants, whatever the source says of the entry: one that grants less, or whose rights cannot be read, is no proof
 * that nobody misses the rest. What the source says beyond that is to be live as well, else phase 2 was not applied in full.
 */
const personProblem = (outcome: RowOutcome, live: Entry, isCompared: boolean): LiveGateProblem | undefined => {
  const { name, grants, existing, row } = outcome;
  const type = entryType(live);
  if (type !== 'STANDARD') return provenOf(outcome, `the live entry of ${name} is of type ${type}, not STANDARD`);
  const granted = grants.policies.map(({ policyName, ...rest }): WantedPolicy => ({ ...rest, policy: policyName }));
  const declared = existing
    ? policiesOf(existing.entry).filter(
        ({ policy, scope }) => !granted.some(held => held.policy === policy && held.scope === scope),
      )
    : [];
  const groups = new Set([...grants.groups, ...(existing ? readItems(existing.entry.groups) : [])]);
  const policies = [...granted, ...declared];
  if (policies.some(wanted => holdsPolicy(live, wanted) === 'unreadable')) {
    return unproven(`the live entry of ${name} lacks its associations in the snapshot`);
  }
  const lacking = missing(live, policies, [...groups]);
  if (lacking.length > 0) return provenOf(outcome, `the live entry of ${name} lacks ${lacking.join(' and ')}`);
  if (!grants.hasUnknownGroups || isCompared) return undefined;
  return unproven(
    `the groups of ${name} (${positionOf(row)}) are not in the source, so its live entry proves nothing about them: give the live ConfigMap with --aws-auth`,
  );
};

/** As far as they can be read. */
const policiesOf = ({ associations }: Entry): readonly WantedPolicy[] =>
  readItems(associations).flatMap(({ policy, scope, namespaces }) => {
    if (policy.kind !== 'known' || scope.kind !== 'known') return [];
    const names = valueOr(namespaces, []);
    return [{ policy: policy.value, scope: scope.value, ...(names ? { namespaces: names } : {}) }];
  });

const missing = (live: Entry, policies: readonly WantedPolicy[], groups: readonly string[]): readonly string[] => [
  ...policies.filter(wanted => holdsPolicy(live, wanted) === 'no').map(({ policy, scope }) => `${policy} (${scope})`),
  ...groups.filter(group => holdsGroup(live, group) !== 'yes').map(group => `the group ${group}`),
];

const findLive = (snapshot: Held, principal: string): Entry | undefined | 'unknown' => {
  if (!parsePrincipalArn(principal)) return 'unknown';
  const found = snapshot.entries.find(({ principalArn }) => principalKey(principalArn) === principalKey(principal));
  return found && entryOfLive(found);
};

const runnerProblem = (snapshot: Held, runner: string): readonly LiveGateProblem[] => {
  const live = findLive(snapshot, runner);
  if (live === 'unknown') return [unproven(`the runner ${runner} is not the ARN of a role or user`)];
  const fix = `Give the runner ${clusterAdmin.policy} for the whole cluster by an entry of its own: phase 2 makes one only for a runner that has a row, or with --cluster-creator-admin. Apply that, and take the snapshot anew.`;
  if (!live) return [unproven(`the runner ${runner} has no live entry${snapshot.where}`, fix)];
  return holdsPolicy(live, clusterAdmin) === 'yes'
    ? []
    : [
        unproven(
          `the live entry of the runner ${runner} does not have ${clusterAdmin.policy} for the whole cluster${snapshot.where.replace(/^ in the cluster/, '')}`,
          `Give that entry ${clusterAdmin.policy} for the whole cluster where it is made: EKS refuses a second one. Apply that, and take the snapshot anew.`,
        ),
      ];
};
