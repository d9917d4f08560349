import { impliedGroup, isFilledIn, mastersGroup, reservedPrefix, templatesIn } from '../../eks/index.ts';

/** What a principal has: from its row, from its account, or from its entry. */
export type GrantedAccess = {
  readonly username: string;
  readonly groups: readonly string[];
  readonly policies: readonly string[];
  /** system:masters, or AmazonEKSClusterAdminPolicy for the whole cluster. Null where the snapshot does not say. */
  readonly admin: boolean | null;
};

/** One thing that is granted. */
export type Grant = {
  readonly kind: 'access' | 'username' | 'group' | 'admin' | 'policy';
  /** The name of the user, the group or the policy. */
  readonly name: string;
};

/** For messages. */
export const grantText = ({ kind, name }: Grant): string =>
  ({
    access: 'access',
    username: `the username ${name || '""'}`,
    group: `the group ${name || '""'}`,
    admin: 'cluster-admin',
    policy: name,
  })[kind];

/**
 * What is granted, taken apart. Equal are system:masters and AmazonEKSClusterAdminPolicy for the whole cluster; for an administrator
 * the groups that no entry can have, and further policies, add nothing. Every caller is in system:authenticated.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html
 */
const grantsOf = (rights: GrantedAccess | undefined): readonly Grant[] => {
  if (rights === undefined) return [];
  const { username, groups, admin, policies } = rights;
  const counted = [...new Set(groups)].filter(group => {
    if (group === impliedGroup || group === mastersGroup) return false;
    return admin !== true || reservedPrefix(group) === undefined;
  });
  return [
    { kind: 'access', name: '' },
    { kind: 'username', name: username },
    ...counted.map((name): Grant => ({ kind: 'group', name })),
    ...(admin === true
      ? [{ kind: 'admin', name: '' } as const]
      : policies.map((name): Grant => ({ kind: 'policy', name }))),
  ];
};

export type Difference = { readonly lost: readonly Grant[]; readonly gained: readonly Grant[] };

/**
 * Of rows that are in force by chance each may be the one, so what any of them grants is taken for granted. A policy grants nothing
 * that an administrator does not have.
 */
export const differenceOf = (before: readonly GrantedAccess[], after: GrantedAccess | undefined): Difference => {
  const old = distinct(before.flatMap(grantsOf));
  const now = grantsOf(after);
  const wasAdmin = before.some(({ admin }) => admin === true);
  // Reserved groups beside system:masters are not counted as lost, and are no gain either.
  const had = new Set(before.flatMap(({ groups }) => groups.filter(group => reservedPrefix(group) !== undefined)));
  const added = now.filter(({ kind, name }) => (kind === 'group' ? !had.has(name) : kind !== 'policy' || !wasAdmin));
  return { lost: without(old, now.filter(isLiteral)), gained: without(added, old.filter(isLiteral)) };
};

/**
 * A group of a row is filled in at each request, and one of an entry is taken as it is written.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/server/server.go (renderTemplates)
 */
export const isLiteral = ({ kind, name }: Grant): boolean => kind !== 'group' || !templatesIn(name).some(isFilledIn);

const keyOf = ({ kind, name }: Grant): string => `${kind} ${name}`;

const distinct = (grants: readonly Grant[]): readonly Grant[] => [
  ...new Map(grants.map(grant => [keyOf(grant), grant])).values(),
];

const without = (grants: readonly Grant[], others: readonly Grant[]): readonly Grant[] => {
  const keys = new Set(others.map(keyOf));
  return grants.filter(grant => !keys.has(keyOf(grant)));
};
