import { parsePrincipalArn, ssoPermissionSet } from '../eks/index.ts';
import { groupBy, indexedName, creatorKey } from '../parser/index.ts';
import { knownString } from '../terraform/index.ts';
import type { Draft } from './draft.ts';

/**
 * The map keys of new entries: static, snake_case, unique, the same whatever the order of the rows. A key comes from the username
 * where it is a plain word that only this principal has, else from the name of the role; where two ask for one key, each gets the
 * longer form. `taken` are the keys that exist, and the
 * addresses of associations (`<key>_<policy key>`), which are unique too.
 */
export const keysOf = (
  drafts: readonly Draft[],
  decided: (draft: Draft) => string | undefined,
  taken: Taken,
): ReadonlyMap<Draft, string> => {
  const usernames = groupBy(drafts, plainUsername);
  const candidates = new Map(drafts.map(draft => [draft, candidatesOf(draft, usernames, decided(draft))]));
  const level = new Map(drafts.map(draft => [draft, 0]));
  const keyAt = (draft: Draft): string => {
    const list = candidates.get(draft) ?? [];
    return list[Math.min(level.get(draft) ?? 0, list.length - 1)] ?? 'entry';
  };
  for (let round = 0; round < maxCandidates; round++) {
    const clashing = clashes(drafts, keyAt, taken);
    if (clashing.length === 0) break;
    for (const draft of clashing) level.set(draft, (level.get(draft) ?? 0) + 1);
  }
  return new Map(numbered(drafts, keyAt, taken));
};

export type Taken = { readonly keys: ReadonlySet<string>; readonly addresses: ReadonlySet<string> };

const maxCandidates = 4;

const clashes = (drafts: readonly Draft[], keyAt: (draft: Draft) => string, taken: Taken): readonly Draft[] => {
  const keys = groupBy(drafts, keyAt);
  const addresses = groupBy(
    drafts.flatMap(draft => addressesOf(draft, keyAt)),
    address => address,
  );
  return drafts.filter(draft => {
    const key = keyAt(draft);
    if (taken.keys.has(key) || key === creatorKey || isShared(keys.get(key))) return true;
    return addressesOf(draft, keyAt).some(address => taken.addresses.has(address) || isShared(addresses.get(address)));
  });
};

const isShared = (group: readonly unknown[] | undefined): boolean => group !== undefined && group.length > 1;

const addressesOf = (draft: Draft, keyAt: (draft: Draft) => string): readonly string[] =>
  draft.policies.map(({ key }) => `${keyAt(draft)}_${key}`);

/** What no name tells apart is numbered, in the order of the principals' texts, so that the order of rows does not matter. */
const numbered = (
  drafts: readonly Draft[],
  keyAt: (draft: Draft) => string,
  taken: Taken,
): readonly (readonly [Draft, string])[] => {
  const used = new Set([...taken.keys, creatorKey]);
  const sorted = drafts.toSorted((a, b) => (a.principalSource < b.principalSource ? -1 : 1));
  return sorted.map(draft => {
    const base = keyAt(draft);
    let key = base;
    for (let suffix = 2; used.has(key); suffix++) key = `${base}_${suffix}`;
    used.add(key);
    return [draft, key];
  });
};

const candidatesOf = (
  draft: Draft,
  usernames: ReadonlyMap<string | undefined, readonly Draft[]>,
  decided: string | undefined,
): readonly string[] => {
  if (decided !== undefined) return [decided];
  const username = plainUsername(draft);
  const name = nameOf(draft);
  const short = ssoPermissionSet(name) ?? name;
  const account = draft.principal?.account;
  const words = [
    ...(username !== undefined && usernames.get(username)?.length === 1 ? [username] : []),
    short,
    ...(account === undefined ? [] : [`${short}_${account}`]),
    ...(name === short ? [] : [name]),
    ...(account === undefined || name === short ? [] : [`${name}_${account}`]),
    // What is left is two expressions with one name: more of the expression tells them apart.
    draft.principalSource,
  ];
  return [...new Set(words.map(toSnakeCase).filter(word => word !== ''))];
};

const plainUsername = ({ username }: Draft): string | undefined =>
  username?.text !== undefined && /^[a-z][\w-]*$/i.test(username.text) ? username.text : undefined;

/** The role's or user's name, or what an expression calls it: `ci` of `aws_iam_role.ci.arn` and `module.ci.iam_role_arn`. */
const nameOf = (draft: Draft): string => {
  if (draft.principal?.name !== undefined) return draft.principal.name;
  const arn = parsePrincipalArn(draft.principalArn);
  if (arn) return arn.name;
  const indexed = draft.principal && indexedName(draft.principal.expression);
  if (indexed !== undefined) return indexed;
  const path = draft.references[0]?.path ?? [];
  // Of version 17: the cluster's own name would say nothing.
  if (path[2] === 'worker_iam_role_arn') return 'worker';
  const label = path[0] === 'data' ? path[2] : path[1];
  return label ?? knownString(draft.row.principal?.value) ?? 'entry';
};

export const toSnakeCase = (text: string): string =>
  text
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase()
    // A key that begins with a digit would need quotes.
    .replace(/^(?=\d)/, 'n');
