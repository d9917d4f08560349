import type { Config } from '../config/index.ts';
import { defined } from '../diagnostics/index.ts';
import { nodeUsernameOfType, nodeUsernames, parsePrincipalArn, principalKey } from '../eks/index.ts';
import {
  clusterAdmin,
  entryOfLive,
  entryType,
  holdsGroup,
  holdsPolicy,
  positionOf,
  readItems,
  valueOr,
  type Entry,
  type Snapshot,
  type WantedPolicy,
} from '../parser/index.ts';
import { knownString } from '../terraform/index.ts';
import type { RowGrants, RowOutcome } from '../transformer/index.ts';

/**
 * `isProven`: the snapshot shows that access would be lost, so that nobody can take it for unverified. `fix`: what settles it, where
 * that is neither a snapshot nor the runner.
 */
export type LiveGateProblem = { readonly reason: string; readonly isProven: boolean; readonly fix?: string };

/** What the snapshot has of one cluster; `where` names that cluster beside others. */
export type Held = Pick<Snapshot, 'entries'> & { readonly where: string };

export const unproven = (reason: string, fix?: string): LiveGateProblem => ({
  reason,
  isProven: false,
  ...defined({ fix }),
});

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

/** What the live entry of a row's principal leaves unproven. `isCompared`: the live ConfigMap was compared with the snapshot. */
export const rowProblem = (
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
    return unproven(
      `the ARN of ${name} is not in the source, so its live entry cannot be looked up`,
      'Give the live ConfigMap with --aws-auth, where the root module has one cluster. Or state the ARN in the config, under "principals".',
    );
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
  const lacking = missing(live, policies, [...groups]);
  if (lacking.length > 0) return provenOf(outcome, `the live entry of ${name} lacks ${lacking.join(' and ')}`);
  if (policies.some(wanted => holdsPolicy(live, wanted) === 'unreadable')) {
    return unproven(`the live entry of ${name} lacks its associations in the snapshot`);
  }
  if (isCompared) return undefined;
  const other = otherUsername(grants, live);
  if (other !== undefined) {
    const reason = `the row of ${name} has the username ${grants.username}, which a binding of kind User may name, and its live entry has ${other}`;
    return unproven(reason, wayOfUsernames);
  }
  if (!grants.hasUnknownGroups) return undefined;
  return unproven(
    `the groups of ${name} (${positionOf(row)}) are not in the source, so its live entry proves nothing about them: give the live ConfigMap with --aws-auth`,
  );
};

const wayOfUsernames =
  'Give the entry the username of the row where it is made, apply that, and take the snapshot anew; or, where verify-access --rbac shows that nothing is bound to it, --accept-unverified.';

/** The username of the live entry where the row has another one. Whoever is an administrator by the entry needs no binding. */
const otherUsername = ({ username }: RowGrants, live: Entry): string | undefined => {
  const called = valueOr(live.username, undefined);
  if (username === undefined || called === username || holdsPolicy(live, clusterAdmin) === 'yes') return undefined;
  return called;
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

/** The live entry of a principal; `unknown` where its ARN is not told. */
export const findLive = (snapshot: Held, principal: string): Entry | undefined | 'unknown' => {
  if (!parsePrincipalArn(principal)) return 'unknown';
  const found = snapshot.entries.find(({ principalArn }) => principalKey(principalArn) === principalKey(principal));
  return found && entryOfLive(found);
};
