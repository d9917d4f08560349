import type { Config, GroupScope } from '../../config/config.ts';
import { mastersGroup } from '../../eks/index.ts';
import { clusterAdmin } from '../../parser/index.ts';
import { policyText } from './entry-rights.ts';
import { isLiteral, type Grant, type GrantedAccess } from './rights.ts';
import { filledIn } from './row-rights.ts';

/** A principal by all its spellings, and the groups of its rows, both as they stand in the ConfigMap. */
export type Written = { readonly principals: readonly string[]; readonly written: readonly string[] };

/** What a person has decided in the config about a principal. */
export type Decided = {
  /** Whether it goes without something that its row grants. */
  readonly givesUp: (who: Written, grant: Grant) => boolean;
  /** Whether it gets something that its row, with these groups, does not grant. */
  readonly gets: (who: Written, groups: readonly string[], after: GrantedAccess | undefined, grant: Grant) => boolean;
  /** What it is to get in the place of something that its row, with these groups, grants and its entry does not, and has not got. */
  readonly owed: (who: Written, groups: readonly string[], after: GrantedAccess) => readonly Grant[];
};

/** The codes whose acceptance gives up a username. */
const usernameCodes = ['TAE316', 'TAE319'];

/**
 * What the config gives up: all that a dropped principal has, a username that is left out, a group that becomes something else, and
 * system:masters where other policies take its place. What it gives: those policies, and what such a group becomes.
 */
export const decidedBy = ({ drop = [], accept = [], groups = {}, principals: decisions = {} }: Config): Decided => {
  /** A principal that is named as the source does may have its ARN beside it. */
  const isOne = (principals: readonly string[], name: string): boolean =>
    principals.includes(name) || principals.includes(decisions[name]?.arn ?? name);
  const isDropped = (principals: readonly string[]): boolean =>
    drop.some(({ principal }) => isOne(principals, principal));
  const ofPrincipals = (principals: readonly string[]): readonly Policy[] =>
    Object.entries(decisions).flatMap(([principal, { policies = [], scope }]) =>
      isOne(principals, principal) ? policies.map(name => policyOf(name, scope)) : [],
    );
  /** The config names a group as it is written in the row, and here it is filled in for the principal. */
  const writtenAs = ({ principals, written }: Written, name: string): readonly string[] =>
    [...new Set(written)].filter(
      group =>
        Object.hasOwn(groups, group) && (group === name || principals.some(arn => filledIn(group, arn) === name)),
    );
  const ofGroups = (who: Written, names: readonly string[]) =>
    names.flatMap(name => writtenAs(who, name).flatMap(group => groups[group] ?? []));
  const policiesOfGroups = (who: Written, names: readonly string[]): readonly Policy[] =>
    ofGroups(who, names).flatMap(({ policy, scope }) => (policy === undefined ? [] : policyOf(policy, scope)));
  return {
    givesUp: (who, { kind, name }) => {
      const { principals } = who;
      if (isDropped(principals)) return true;
      if (kind === 'username')
        return accept.some(({ principal, code }) => usernameCodes.includes(code) && isOne(principals, principal));
      if (kind === 'group') return name !== mastersGroup && writtenAs(who, name).length > 0;
      return kind === 'admin' && ofPrincipals(principals).length > 0;
    },
    gets: (who, groupsOfRow, after, { kind, name }) => {
      // What stays is not replaced.
      const names = groupsOfRow.filter(group => group === mastersGroup || !stays(group, after));
      if (kind === 'group') return ofGroups(who, names).some(({ group }) => group === name);
      const policies = merged([...ofPrincipals(who.principals), ...policiesOfGroups(who, names)]);
      const granted = kind === 'admin' ? [clusterAdmin.policy] : [name];
      return policies.some(policy => granted.includes(textOf(policy)));
    },
    owed: (who, names, after) => {
      const { principals } = who;
      if (isDropped(principals) || after.admin === null) return [];
      const gone = names.filter(name => name !== mastersGroup && !stays(name, after));
      // An administrator has what every policy grants.
      const policies = after.admin ? [] : merged([...ofPrincipals(principals), ...policiesOfGroups(who, gone)]);
      return [
        ...[...new Set(ofGroups(who, gone).flatMap(({ group }) => group ?? []))]
          .filter(group => !after.groups.includes(group))
          .map((name): Grant => ({ kind: 'group', name })),
        ...policies
          .filter(policy => !after.policies.includes(policy.name) && !after.policies.includes(textOf(policy)))
          .map((policy): Grant =>
            textOf(policy) === clusterAdmin.policy
              ? { kind: 'admin', name: '' }
              : { kind: 'policy', name: textOf(policy) },
          ),
      ];
    },
  };
};

const stays = (group: string, after: GrantedAccess | undefined): boolean =>
  after?.groups.includes(group) === true && isLiteral({ kind: 'group', name: group });

/** For the whole cluster where there are no namespaces. */
type Policy = { readonly name: string; readonly namespaces: readonly string[] | undefined };

const policyOf = (name: string, scope: GroupScope = { type: 'cluster' }): Policy => ({
  name,
  namespaces: scope.type === 'cluster' ? undefined : scope.namespaces,
});

/** An entry holds a policy once: for the cluster, or for all the namespaces that any of them is for. */
const merged = (policies: readonly Policy[]): readonly Policy[] => {
  const byName = new Map<string, Policy>();
  for (const { name, namespaces } of policies) {
    const other = byName.get(name);
    const all =
      other === undefined
        ? namespaces
        : namespaces && other.namespaces && [...new Set([...other.namespaces, ...namespaces])];
    byName.set(name, { name, namespaces: all });
  }
  return [...byName.values()];
};

const textOf = ({ name, namespaces }: Policy): string => policyText(name, namespaces);
