import type { Config } from '../config/index.ts';
import { defined } from '../diagnostics/index.ts';
import { parsePrincipalArn, principalKey } from '../eks/index.ts';
import type { State } from '../emitter/index.ts';
import {
  clusterAdmin,
  entryOfLive,
  entryType,
  holdsGroup,
  holdsPolicy,
  positionOf,
  readItems,
  snapshotCluster,
  valueOr,
  type Cluster,
  type Entry,
  type Snapshot,
  type WantedPolicy,
} from '../parser/index.ts';
import type { RowGrants, RowOutcome } from '../transformer/index.ts';

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
  // As phase 3 leaves it, the ConfigMap has no rows, and proves nothing.
  const isCompared = isGiven && (state.source.live?.rows.length ?? 0) > 0;
  const rows = state.transformed.flatMap(({ cluster, outcomes }) => {
    const other = cluster && otherCluster(state, cluster, snapshot);
    if (other?.isOther) return [unproven(other.reason)];
    // Whoever accepts that it is of this cluster does not accept what it shows then.
    return [
      ...(other ? [unproven(other.reason, other.fix)] : []),
      ...outcomes.flatMap(outcome => rowProblem(outcome, snapshot, state.options.config, isCompared) ?? []),
    ];
  });
  const lists = state.transformed.flatMap(({ planned }) =>
    (isCompared ? [] : (planned?.lists ?? [])).map(({ source }) =>
      unproven(
        `the rows of ${source.replace(/\s+/g, ' ')} are unknown until plan, so their entries cannot be looked up`,
        'Give the ConfigMap as it was before phase 3, with --aws-auth: it has these rows.',
      ),
    ),
  );
  return [...rows, ...lists, ...(runner === undefined ? [] : runnerProblem(snapshot, runner))];
};

/** A snapshot is of one cluster, and says nothing about another, whose rows may name the same principals; `isOther` for certain. */
const otherCluster = (
  { transformed, options: { config } }: State,
  { address, name, repetition }: Cluster,
  snapshot: Snapshot,
): { readonly reason: string; readonly isOther: boolean; readonly fix?: string } | undefined => {
  if (repetition.kind === 'many') {
    const reason = `${address} has ${repetition.argument}, and the snapshot is of one of its clusters`;
    return { reason, isOther: true };
  }
  const live = snapshotCluster(snapshot);
  const isOnly = transformed.every(({ cluster }) => cluster?.address === address);
  const known = isOnly ? (config.clusterName ?? name) : name;
  if (live === undefined || live === known) return undefined;
  if (known !== undefined || !isOnly)
    return { reason: `the snapshot is of the cluster ${live}, and says nothing about ${address}`, isOther: true };
  return {
    reason: `the snapshot is of the cluster ${live}, and whether ${address} is that cluster the source does not tell`,
    isOther: false,
    fix: `If it is, write "clusterName": ${JSON.stringify(live)} into tf-access-entries.config.json.`,
  };
};

const unproven = (reason: string, fix?: string): LiveGateProblem => ({ reason, isProven: false, ...defined({ fix }) });

/** Under a condition it is not known whether the row is in force in this cluster. */
const provenOf = ({ row }: RowOutcome, reason: string | undefined): LiveGateProblem | undefined =>
  reason === undefined ? undefined : { reason, isProven: row.guards.length === 0 };

const rowProblem = (
  outcome: RowOutcome,
  snapshot: Snapshot,
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
  if (!live) return provenOf(outcome, `the live cluster has no entry for ${name} (${positionOf(row)})`);
  if (disposition === 'left-to-eks' || grants.type !== 'STANDARD') {
    return provenOf(outcome, nodeProblem(name, grants, live));
  }
  return personProblem(outcome, live, isCompared);
};

const nodeProblem = (name: string, { type }: RowGrants, live: Entry): string | undefined => {
  const liveType = entryType(live);
  if (liveType === 'STANDARD') return `the live entry of ${name} is of type STANDARD, not of a node type`;
  return type === 'EC2_WINDOWS' && liveType !== 'EC2_WINDOWS'
    ? `the live entry of ${name}, a Windows node role, is of type ${liveType}, not EC2_WINDOWS`
    : undefined;
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

const findLive = (snapshot: Snapshot, principal: string): Entry | undefined | 'unknown' => {
  if (!parsePrincipalArn(principal)) return 'unknown';
  const found = snapshot.entries.find(({ principalArn }) => principalKey(principalArn) === principalKey(principal));
  return found && entryOfLive(found);
};

const runnerProblem = (snapshot: Snapshot, runner: string): readonly LiveGateProblem[] => {
  const live = findLive(snapshot, runner);
  if (live === 'unknown') return [unproven(`the runner ${runner} is not the ARN of a role or user`)];
  if (!live) return [unproven(`the runner ${runner} has no live entry`)];
  return holdsPolicy(live, clusterAdmin) === 'yes'
    ? []
    : [unproven(`the live entry of the runner ${runner} does not have ${clusterAdmin.policy} for the whole cluster`)];
};
