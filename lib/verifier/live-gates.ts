import type { Config } from '../config/index.ts';
import { clusterAdminPolicy, parsePrincipalArn, samePrincipal } from '../eks/index.ts';
import type { State } from '../emitter/index.ts';
import { positionOf, type HeldPolicy, type LiveEntry, type Snapshot } from '../parser/index.ts';
import type { RowGrants, RowOutcome } from '../transformer/index.ts';

/**
 * What a snapshot of the live entries leaves unproven before aws-auth goes or the mode becomes API: every converted row has an
 * entry that grants what the row does, every node row left to EKS has one, and the runner is an administrator by an entry. One sentence each.
 * `isCompared`: the live ConfigMap was compared with the snapshot, so that what only a plan knows needs no look.
 * Source: EKS user guide, migrating-access-entries.
 */
export const liveGateProblems = (
  { state }: { readonly state?: State },
  snapshot: Snapshot,
  runner: string,
  { isCompared = false } = {},
): readonly string[] => {
  if (!state) return ['the module could not be read'];
  const rows = state.transformed.flatMap(({ outcomes }) =>
    outcomes.flatMap(outcome => rowProblem(outcome, snapshot, state.options.config, isCompared) ?? []),
  );
  const lists = state.transformed.flatMap(({ planned }) =>
    (isCompared ? [] : (planned?.lists ?? [])).map(
      ({ source }) =>
        `the rows of ${source.replace(/\s+/g, ' ')} are unknown until plan, so their entries cannot be looked up`,
    ),
  );
  return [...rows, ...lists, ...runnerProblem(snapshot, runner)];
};

const rowProblem = (
  outcome: RowOutcome,
  snapshot: Snapshot,
  config: Config,
  isCompared: boolean,
): string | undefined => {
  const { disposition, name, grants, row } = outcome;
  if (disposition !== 'converted' && disposition !== 'left-to-eks') return undefined;
  const live = findLive(snapshot, config.principals?.[name]?.arn ?? name);
  if (live === 'unknown' && isCompared) return undefined;
  if (live === 'unknown') return `the ARN of ${name} is not in the source, so its live entry cannot be looked up`;
  if (!live) return `the live cluster has no entry for ${name} (${positionOf(row)})`;
  if (disposition === 'left-to-eks' || grants.type !== 'STANDARD') return nodeProblem(name, grants, live);
  return personProblem(outcome, live, isCompared);
};

const nodeProblem = (name: string, { type }: RowGrants, live: LiveEntry): string | undefined => {
  if (live.type === 'STANDARD') return `the live entry of ${name} is of type STANDARD, not of a node type`;
  return type === 'EC2_WINDOWS' && live.type !== 'EC2_WINDOWS'
    ? `the live entry of ${name}, a Windows node role, is of type ${live.type}, not EC2_WINDOWS`
    : undefined;
};

/**
 * What the row grants, whatever the source says of the entry: one that grants less, or whose rights cannot be read, is no proof
 * that nobody misses the rest. What the source says beyond that is to be live as well, else phase 2 was not applied in full.
 */
const personProblem = (
  { name, grants, existing, row }: RowOutcome,
  live: LiveEntry,
  isCompared: boolean,
): string | undefined => {
  if (live.type !== 'STANDARD') return `the live entry of ${name} is of type ${live.type}, not STANDARD`;
  const granted = grants.policies.map(({ policyName, scope }): HeldPolicy => ({ name: policyName, scope }));
  const policies = [...granted, ...(existing?.policies ?? []).filter(policy => !granted.some(isSame(policy)))];
  const groups = [...new Set([...grants.groups, ...(existing?.groups ?? [])])];
  const lacking = missing(live, policies, groups);
  if (lacking.length > 0) return `the live entry of ${name} lacks ${lacking.join(' and ')}`;
  if (!grants.hasUnknownGroups || isCompared) return undefined;
  return `the groups of ${name} (${positionOf(row)}) are not in the source, so its live entry proves nothing about them: give the live ConfigMap with --aws-auth`;
};

const isSame =
  (a: HeldPolicy) =>
  (b: HeldPolicy): boolean =>
    a.name === b.name && a.scope === b.scope;

const missing = (live: LiveEntry, policies: readonly HeldPolicy[], groups: readonly string[]): readonly string[] => {
  if (!live.policies && policies.length > 0) return ['its associations in the snapshot'];
  const held = (wanted: HeldPolicy): boolean =>
    live.policies?.some(({ policyArn, scope }) => policyArn.endsWith(`/${wanted.name}`) && scope === wanted.scope) ??
    false;
  return [
    ...policies.filter(policy => !held(policy)).map(({ name, scope }) => `${name} (${scope})`),
    ...groups.filter(group => !live.groups.includes(group)).map(group => `the group ${group}`),
  ];
};

const findLive = (snapshot: Snapshot, principal: string): LiveEntry | undefined | 'unknown' => {
  const wanted = parsePrincipalArn(principal);
  if (!wanted) return 'unknown';
  return snapshot.entries.find(({ principalArn }) => {
    const own = parsePrincipalArn(principalArn);
    return own !== undefined && samePrincipal(own, wanted);
  });
};

const runnerProblem = (snapshot: Snapshot, runner: string): readonly string[] => {
  const live = findLive(snapshot, runner);
  if (live === 'unknown') return [`the runner ${runner} is not the ARN of a role or user`];
  if (!live) return [`the runner ${runner} has no live entry`];
  const admin = live.policies?.some(
    ({ policyArn, scope }) => policyArn.endsWith(`/${clusterAdminPolicy}`) && scope === 'cluster',
  );
  return admin
    ? []
    : [`the live entry of the runner ${runner} does not have ${clusterAdminPolicy} for the whole cluster`];
};
