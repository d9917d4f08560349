import type { Config } from '../config/index.ts';
import { clusterAdminPolicy, parsePrincipalArn, samePrincipal } from '../eks/index.ts';
import type { State } from '../emitter/index.ts';
import { positionOf, type HeldPolicy, type LiveEntry, type Snapshot } from '../parser/index.ts';
import type { RowOutcome } from '../transformer/index.ts';

/**
 * What a snapshot of the live entries leaves unproven before aws-auth goes or the mode becomes API: every converted row has its
 * entry with its rights, every node row left to EKS has one, and the runner is an administrator by an entry. One sentence each.
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
  const { disposition, name, existing, row } = outcome;
  if (disposition !== 'converted' && disposition !== 'left-to-eks') return undefined;
  const live = findLive(snapshot, config.principals?.[name]?.arn ?? name);
  if (live === 'unknown' && isCompared) return undefined;
  if (live === 'unknown') return `the ARN of ${name} is not in the source, so its live entry cannot be looked up`;
  if (!live) return `the live cluster has no entry for ${name} (${positionOf(row)})`;
  if (disposition === 'left-to-eks') {
    if (live.type === 'STANDARD') return `the live entry of ${name} is of type STANDARD, not of a node type`;
    const isWindows = outcome.diagnostics.some(({ code }) => code === 'TAE414');
    return isWindows && live.type !== 'EC2_WINDOWS'
      ? `the live entry of ${name}, a Windows node role, is of type ${live.type}, not EC2_WINDOWS`
      : undefined;
  }
  return missing(live, existing?.policies ?? [], existing?.groups ?? []).map(
    what => `the live entry of ${name} lacks ${what}`,
  )[0];
};

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
