import type { Row } from '../parser/index.ts';
import { knownString, type Value } from '../terraform/index.ts';

/** What a row grants, as far as it is known: undefined is what only a plan knows. */
type RowRights = { readonly username: string | undefined; readonly groups: readonly string[] | undefined };

/** Undefined: nothing differs. `unknown`: what is known is equal, and the rest cannot be compared. */
export type Comparison =
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly source: string; readonly live: string }
  | { readonly kind: 'unknown'; readonly what: string; readonly live: string };

/**
 * Compares the rights of a source row with those of the live rows of its principal that may count: one, or several by chance.
 * Source: kubernetes-sigs/aws-iam-authenticator, pkg/mapper/configmap/configmap.go.
 */
export const compareRights = (row: Row, live: readonly Row[]): Comparison => {
  const written = rightsOf(row);
  const others = inForce(live);
  const differing = others.find(other => differs(written, rightsOf(other)));
  if (differing) return { kind: 'differs', source: words(written), live: words(rightsOf(differing)) };
  const unknown = [
    ...(written.username === undefined ? ['the username'] : []),
    ...(written.groups === undefined ? ['the groups'] : []),
  ];
  const [first] = others;
  if (unknown.length === 0 || !first) return { kind: 'same' };
  return { kind: 'unknown', what: unknown.join(' and '), live: words(rightsOf(first)) };
};

/** The last row of the roles; else the users, of which those that differ by case count by chance. */
export const inForce = (rows: readonly Row[]): readonly Row[] => {
  const role = rows.findLast(({ list }) => list !== 'users');
  return role ? [role] : [...new Map(rows.map(row => [knownString(row.principal?.value), row])).values()];
};

/** What is null is not there, and what is no list has no groups. A number may be a text by the time it is in the ConfigMap. */
const rightsOf = ({ username, groups }: Row): RowRights => ({
  username: username ? textOf(username.value) : '',
  groups: groups ? listOf(groups.value) : [],
});

const textOf = (value: Value): string | undefined => (value.kind === 'null' ? '' : knownString(value));

const listOf = (value: Value): readonly string[] | undefined => {
  if (value.kind === 'unknown') return undefined;
  const texts = value.kind === 'list' ? value.items.map(textOf) : [];
  if (!texts.every(text => text !== undefined)) return undefined;
  return [...new Set(texts.filter(text => text !== ''))].toSorted();
};

const differs = (a: RowRights, b: RowRights): boolean =>
  (a.username !== undefined && a.username !== b.username) ||
  (a.groups !== undefined && a.groups.join('\n') !== b.groups?.join('\n'));

const words = ({ username, groups }: RowRights): string => {
  const name =
    username === undefined
      ? 'a username that only a plan knows'
      : username === ''
        ? 'no username'
        : `the username "${username}"`;
  if (groups === undefined) return `${name} and groups that only a plan knows`;
  if (groups.length === 0) return `${name} and no groups`;
  return `${name} and the ${groups.length === 1 ? 'group' : 'groups'} ${groups.join(', ')}`;
};
