import { access, defaultUsername, noAccess, type Access } from '../oracle/access.ts';
import { compare, type Change } from '../oracle/compare.ts';
import { canonicalArn } from '../oracle/arn.ts';
import type { World } from '../oracle/world.ts';
import type { Case } from './cases.ts';
import { supplements, type Becomes } from './supplements.ts';

/** Access by cluster, then principal. */
export type Rights = ReadonlyMap<string, ReadonlyMap<string, Access>>;

export const rightsIn = (world: World): Rights =>
  new Map(Object.keys(world.clusters ?? {}).map(name => [name, access(world, name)] as const));

/**
 * Law 1: nobody loses, nobody gains. A person's decision in the config does not count against it, and goes no further than it
 * says: a dropped row may lose all, an accepted one the username that no entry takes, and what else the options change is written
 * out in the supplement.
 */
export function unequal(one: Case, before: Rights, after: Rights): Change[] {
  const { changed = {} } = supplements[one.name] ?? {};
  const dropped = names(one.config.drop);
  // These are about a username. What another one changes is written out, too.
  const accepted = names(one.config.accept?.filter(({ code }) => ['TAE316', 'TAE319'].includes(code)));
  return changes(before, after, arn => is(accepted, arn)).filter(({ principal, after: now }) => {
    if (is(dropped, principal) && now.via === 'none') return false;
    return !Object.entries(changed).some(([arn, becomes]) => is([arn], principal) && equals(principal, becomes, now));
  });
}

const names = (rows: readonly { principal: string }[] = []): string[] => rows.map(({ principal }) => principal);

/** As the authenticator compares: a role without its path, and without regard to case. */
export const is = (list: readonly string[], arn: string): boolean =>
  list.some(listed => canonicalArn(listed).toLowerCase() === canonicalArn(arn).toLowerCase());

export function equals(principal: string, becomes: Becomes, now: Access): boolean {
  const expected = becomes === 'nothing' ? noAccess : accessBy(principal, becomes);
  return compare(new Map([[principal, expected]]), new Map([[principal, now]])).length === 0;
}

function accessBy(principal: string, { username, groups = [], policies = [] }: Exclude<Becomes, 'nothing'>): Access {
  const named = policies.map(text => {
    const [name = '', ...namespaces] = text.split(' ');
    return { name, scope: namespaces.length === 0 ? 'cluster' : 'namespace', namespaces };
  });
  return {
    via: 'entry',
    username: username ?? defaultUsername(principal),
    groups: [...groups],
    policies: named,
    isClusterAdmin: named.some(({ name, scope }) => name === 'AmazonEKSClusterAdminPolicy' && scope === 'cluster'),
  };
}

function changes(before: Rights, after: Rights, accepted: (arn: string) => boolean): Change[] {
  return clustersOf(before, after).flatMap(cluster => {
    const [old, now] = [before.get(cluster) ?? new Map(), after.get(cluster) ?? new Map()];
    const leftOutUsernames = new Set([...old.keys(), ...now.keys()].filter(accepted));
    return compare(old, now, { leftOutUsernames });
  });
}

const clustersOf = (...rights: readonly Rights[]): string[] => [...new Set(rights.flatMap(one => [...one.keys()]))];

/** Of an apply that is cut: rights that somebody has neither before nor in the end, in part or in whole. */
export function gainedOnTheWay(before: Rights, cut: Rights, end: Rights): Change[] {
  const gains = (from: Rights): Change[] => changes(from, cut, () => true).filter(({ change }) => change !== 'lost');
  const past = gains(end);
  return gains(before).filter(({ principal }) => past.some(change => change.principal === principal));
}

/** Whether a row's principal has access; of an expression it cannot be told, and is taken for granted. */
export function isInForce(principal: string, rights: Rights): boolean {
  const own = [...rights.values()].flatMap(cluster => [...cluster].filter(([arn]) => is([principal], arn)));
  return !principal.startsWith('arn:') || own.some(([, { via }]) => via !== 'none');
}

export const describeChange = ({ principal, change, before, after }: Change): string =>
  `${change} ${principal}: ${describeAccess(before)} -> ${describeAccess(after)}`;

function describeAccess({ via, username, groups, policies }: Access): string {
  if (via === 'none') return 'no access';
  const rights = [...groups, ...policies.map(({ name, scope }) => `${name} (${scope})`)];
  return `${via} ${username} [${rights.join(', ')}]`;
}
