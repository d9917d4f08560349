import { clusterAdminPolicy } from '../../eks/index.ts';
import type { Association, Entry } from './entry.ts';
import { readItems } from './readable.ts';

/** A policy that somebody is to have. `namespaces` counts for the scope `namespace`; absent where they are not told. */
export type WantedPolicy = {
  readonly policy: string;
  readonly scope: string;
  readonly namespaces?: readonly string[];
};

/** What system:masters becomes. */
export const clusterAdmin: WantedPolicy = { policy: clusterAdminPolicy, scope: 'cluster' };

/** Whether an entry has something: `unreadable` is neither. */
export type Held = 'yes' | 'no' | 'unreadable';

/** Whether an entry holds a policy, for as much as is wanted. */
export const holdsPolicy = (entry: Pick<Entry, 'associations'>, wanted: WantedPolicy): Held => {
  const answers = readItems(entry.associations).map(association => covers(association, wanted));
  if (answers.includes('yes')) return 'yes';
  return entry.associations.kind === 'unreadable' || answers.includes('unreadable') ? 'unreadable' : 'no';
};

/** Whether an association grants a policy for as much as is wanted. What is for the cluster is for its namespaces. */
export const covers = ({ policy, scope, namespaces }: Association, wanted: WantedPolicy): Held => {
  if (policy.kind === 'known' && policy.value !== wanted.policy) return 'no';
  if (scope.kind === 'known' && scope.value !== 'cluster' && scope.value !== wanted.scope) return 'no';
  if (policy.kind !== 'known' || scope.kind !== 'known') return 'unreadable';
  if (scope.value === 'cluster' || wanted.namespaces === undefined) return 'yes';
  if (namespaces.kind !== 'known') return 'unreadable';
  return wanted.namespaces.every(namespace => namespaces.value.includes(namespace)) ? 'yes' : 'no';
};

export const holdsGroup = ({ groups }: Pick<Entry, 'groups'>, group: string): Held => {
  if (readItems(groups).includes(group)) return 'yes';
  return groups.kind === 'unreadable' ? 'unreadable' : 'no';
};
