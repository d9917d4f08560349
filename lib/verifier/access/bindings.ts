import { impliedGroup, nodeGroups } from '../../eks/index.ts';
import { groupBy } from '../../parser/index.ts';
import type { Binding } from '../../parser/kubernetes/read-names.ts';
import type { Grant } from './rights.ts';

/** The bindings for a username or a group, by name. A template stands for any text. */
export type BoundBy = (grant: Pick<Grant, 'kind' | 'name'>) => readonly string[];

export const createBoundBy = (bindings: readonly Binding[]): BoundBy => {
  const index = { username: indexOf(bindings, 'users'), group: indexOf(bindings, 'groups') };
  return ({ kind, name }) => {
    if (kind !== 'username' && kind !== 'group') return [];
    const names = index[kind];
    if (!name.includes('{{')) return names.get(name) ?? [];
    const pattern = patternOf(name);
    return [...new Set([...names].flatMap(([bound, by]) => (pattern.test(bound) ? by : [])))];
  };
};

const indexOf = (
  bindings: readonly Binding[],
  subjects: 'users' | 'groups',
): ReadonlyMap<string, readonly string[]> => {
  const named = bindings.flatMap(binding => [...new Set(binding[subjects])].map(name => ({ name, by: binding.name })));
  return new Map([...groupBy(named, ({ name }) => name)].map(([name, all]) => [name, all.map(({ by }) => by)]));
};

const patternOf = (template: string): RegExp => {
  const parts = template.split(/\{\{[^{}]*\}\}/).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's');
};

/**
 * What each cluster binds to everybody who has signed in. Nothing depends on it, so it is passed over.
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles
 */
const forEverybody = ['system:basic-user', 'system:discovery', 'system:public-info-viewer'].map(
  name => `ClusterRoleBinding ${name}`,
);

/** What signing in alone is good for. Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings */
export const boundBySigningIn = (boundBy: BoundBy): boolean =>
  boundBy({ kind: 'group', name: impliedGroup }).some(binding => !forEverybody.includes(binding));

/**
 * What counts without a binding: the node authorizer goes by the name and the group of a node.
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/node/
 */
export const countsUnbound = ({ kind, name }: Grant): boolean =>
  (kind === 'group' && name === nodeGroups.nodes) || (kind === 'username' && name.startsWith('system:node:'));
