import { access, type Access } from '../oracle/access.ts';
import { compare, type Change } from '../oracle/compare.ts';
import { canonicalArn } from '../oracle/arn.ts';
import type { World } from '../oracle/world.ts';
import type { Case } from './cases.ts';
import { supplements } from './supplements.ts';

/** Access by cluster, then principal. */
export type Rights = ReadonlyMap<string, ReadonlyMap<string, Access>>;

export const rightsIn = (world: World): Rights =>
  new Map(Object.keys(world.clusters ?? {}).map(name => [name, access(world, name)] as const));

/**
 * Law 1: nobody loses, nobody gains. What a person decided in the config does not count against it: a dropped row may
 * lose, an accepted one may change. A username may go where the report says that it was left out (design rule 8).
 */
export function unequal(one: Case, before: Rights, after: Rights): Change[] {
  const settled = [...names(one.config.accept), ...(supplements[one.name]?.changed ?? [])];
  const dropped = names(one.config.drop);
  const leftOut = one.rows.filter(({ codes = [] }) => codes.includes('TAE402'));
  return changes(before, after, arn => is(names(leftOut), arn)).filter(
    ({ principal, change }) => !is(settled, principal) && !(change === 'lost' && is(dropped, principal)),
  );
}

const names = (rows: readonly { principal: string }[] = []): string[] => rows.map(({ principal }) => principal);

/** As the authenticator compares: a role without its path, and without regard to case. */
const is = (list: readonly string[], arn: string): boolean =>
  list.some(listed => canonicalArn(listed).toLowerCase() === canonicalArn(arn).toLowerCase());

function changes(before: Rights, after: Rights, leftOut: (arn: string) => boolean): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(cluster => {
    const [old, now] = [before.get(cluster) ?? new Map(), after.get(cluster) ?? new Map()];
    const leftOutUsernames = new Set([...old.keys(), ...now.keys()].filter(leftOut));
    return compare(old, now, { leftOutUsernames });
  });
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
