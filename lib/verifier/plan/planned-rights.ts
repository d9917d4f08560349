import type { LiveEntry, LivePolicy } from '../../parser/index.ts';
import { comparePrincipals, type Compared } from '../access/principals.ts';
import { isOfCluster, type AssociationFact, type ClusterFact, type EntryFact, type Facts } from './facts.ts';
import { clustersOf } from './rows.ts';

/** An entry that is there after the apply, and how what it grants differs from what its row does. */
export type PlannedRights = {
  readonly entry: EntryFact;
  /** Whether the plan makes it, or gives it a policy. */
  readonly isNew: boolean;
  readonly compared: Compared;
  /** Whether the values of the row or of the entry are not to be shown. */
  readonly isSensitive: boolean;
};

/**
 * What each planned entry of a cluster grants beside its row, as the authenticator reads both. None where the plan has no rows.
 * Where several ConfigMaps may be the one of the cluster, an entry is held against the one whose row it fits.
 */
export const plannedRights = (facts: Facts, cluster: ClusterFact | undefined): readonly PlannedRights[] => {
  const tables = facts.awsAuth
    .filter(resource => cluster === undefined || clustersOf(facts, resource).includes(cluster))
    .flatMap(({ before, after = before }) => {
      const { rows = 'unknown', sensitive = false } = after ?? {};
      return rows === 'unknown' ? [] : [{ rows, sensitive }];
    });
  const planned = facts.entries.flatMap(entry => {
    if (!isOfCluster(entry.after, cluster)) return [];
    const associations = facts.associationsAfter(entry.after?.principal).filter(one => isOfCluster(one.after, cluster));
    const live = liveEntry(entry, associations);
    return live === undefined ? [] : [{ entry, live, isNew: [entry, ...associations].some(isMade) }];
  });
  const entries = planned.map(({ live }) => live);
  const byTable = tables.map(({ rows, sensitive }) => {
    const compared = comparePrincipals(rows, { entries }, facts.decided);
    return { sensitive, of: new Map(compared.map(one => [one.entry, one])) };
  });
  return planned.flatMap(({ entry, live, isNew }) => {
    const found = byTable.flatMap(({ sensitive, of }) => {
      const compared = of.get(live);
      return compared === undefined
        ? []
        : [{ entry, isNew, compared, isSensitive: sensitive || entry.after?.isSensitive === true }];
    });
    const withRow = found.filter(({ compared }) => compared.before.length > 0);
    return withRow.find(({ compared }) => compared.verdict === 'keeps') ?? withRow[0] ?? found[0] ?? [];
  });
};

const isMade = ({ change }: EntryFact | AssociationFact): boolean =>
  !change.importing && (change.action === 'create' || change.action === 'replace');

/** As EKS will have it. What is not known before the apply is what nobody has written; without its policies they are not told. */
const liveEntry = ({ after }: EntryFact, associations: readonly AssociationFact[]): LiveEntry | undefined => {
  if (after?.principal === undefined) return undefined;
  const { principal: principalArn, type, username, groups } = after;
  const policies = associations.map(policyOf);
  return {
    principalArn,
    type,
    ...(username === undefined ? {} : { username }),
    groups,
    ...(policies.every(policy => policy !== undefined) ? { policies } : {}),
  };
};

const policyOf = ({ after }: AssociationFact): LivePolicy | undefined => {
  const { policy: policyArn, scope, namespaces } = after ?? {};
  if (policyArn === undefined || (scope !== 'cluster' && scope !== 'namespace')) return undefined;
  return namespaces === undefined ? undefined : { policyArn, scope, namespaces };
};
