import type { Config, GroupScope } from '../../config/config.ts';
import { mastersGroup } from '../../eks/index.ts';
import { clusterAdmin } from '../../parser/index.ts';
import { policyText } from './entry-rights.ts';
import type { Grant } from './rights.ts';

/** What a person has decided in the config about a principal, by any of its spellings as they stand in the ConfigMap. */
export type Decided = {
  /** Whether it goes without something that its row grants. */
  readonly givesUp: (principals: readonly string[], grant: Grant) => boolean;
  /** Whether it gets something that its row, with these groups, does not grant. */
  readonly gets: (principals: readonly string[], groups: readonly string[], grant: Grant) => boolean;
};

/** The codes whose acceptance gives up a username. */
const usernameCodes = ['TAE316', 'TAE319'];

/**
 * What the config gives up: all that a dropped principal has, a username that is left out, a group that becomes something else, and
 * system:masters where other policies take its place. What it gives: those policies, and what such a group becomes.
 */
export const decidedBy = ({ drop = [], accept = [], groups = {}, principals: decisions = {} }: Config): Decided => ({
  givesUp: (principals, { kind, name }) => {
    const is = (principal: string): boolean => principals.includes(principal);
    if (drop.some(({ principal }) => is(principal))) return true;
    if (kind === 'username') return accept.some(({ principal, code }) => usernameCodes.includes(code) && is(principal));
    if (kind === 'group') return name !== mastersGroup && Object.hasOwn(groups, name);
    return kind === 'admin' && Object.entries(decisions).some(([principal, { policies }]) => policies && is(principal));
  },
  gets: (principals, groupsOfRow, { kind, name }) => {
    const becomes = groupsOfRow.flatMap(group => (Object.hasOwn(groups, group) ? (groups[group] ?? []) : []));
    if (kind === 'group') return becomes.some(({ group }) => group === name);
    const mine = Object.entries(decisions).flatMap(([principal, decision]) =>
      principals.includes(principal) ? decision : [],
    );
    const policies = [
      ...mine.flatMap(({ policies: names = [], scope }) => names.map(policy => textOf(policy, scope))),
      ...becomes.flatMap(({ policy, scope }) => (policy === undefined ? [] : textOf(policy, scope))),
    ];
    return policies.includes(kind === 'admin' ? clusterAdmin.policy : name);
  },
});

const textOf = (policy: string, scope: GroupScope = { type: 'cluster' }): string =>
  policyText(policy, scope.type === 'cluster' ? undefined : scope.namespaces);
