import { associationOf, clusterAdmin, covers, entryOfLive, holdsPolicy } from '../../../parser/index.ts';
import { parsePrincipalArn, principalKey } from '../../../eks/index.ts';
import { textAt } from '../attribute.ts';
import { type PlanRule, unproven } from '../context.ts';
import { nameOrAddress, type ClusterFact } from '../clusters.ts';
import { isOfCluster, type AssociationSide, type Facts } from '../facts.ts';

/**
 * An entry overrides its row at once, and its policy comes by a second call, once all entries exist. One failed entry leaves every
 * converted administrator without rights, so one must be an administrator by an entry already.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html
 */
export const adminStays: PlanRule = context => {
  const { facts, phase } = context;
  if (phase !== 'add-access-entries') return [];
  const clusters = facts.migrated.length > 0 ? facts.migrated : [undefined];
  const adds = (cluster: ClusterFact | undefined): boolean =>
    [...facts.entries, ...facts.associations].some(
      ({ change, after }) => (change.action === 'create' || change.importing) && isOfCluster(after, cluster),
    );
  const without = clusters.filter(cluster => adds(cluster) && !hasAdmin(facts, cluster));
  if (without.length === 0) return [];
  const where = facts.snapshot === undefined ? 'in the state' : 'in the state or the snapshot';
  const named =
    clusters.length > 1
      ? ` for ${without.flatMap(cluster => (cluster ? nameOrAddress(cluster) : [])).join(' and ')}`
      : '';
  const what = `no administrator is seen to have an entry${named} before this apply: ${where} no role or user that stays has ${clusterAdmin.policy} for the whole cluster`;
  const advice =
    'Name the live entries with --existing: EKS has made one for the creator of many clusters. Or make an entry for a break-glass role, and sign in with it once.';
  return [unproven(context, what, advice)];
};

const hasAdmin = (facts: Facts, cluster: ClusterFact | undefined): boolean => {
  const { entries, entriesBefore, entriesAfter, associations, liveIn, changes } = facts;
  const lostRoles = new Set(
    changes
      .filter(({ type, action }) => /^aws_iam_(role|user)$/.test(type) && (action === 'delete' || action === 'replace'))
      .flatMap(({ before }) => textAt(before, 'arn') ?? [])
      .map(principalKey),
  );
  const types = new Map(
    entries.flatMap(({ after }) =>
      after?.principal === undefined ? [] : [[principalKey(after.principal), after.type]],
    ),
  );
  /** Nobody signs in by the root of an account, by a role of AWS's own or as a node, and nobody whose role goes. */
  const isUsable = (principal: string | undefined, type: string | undefined): boolean => {
    const kind = parsePrincipalArn(principal)?.kind;
    const isOfPeople = kind === 'role' || kind === 'user';
    return isOfPeople && (type ?? 'STANDARD') === 'STANDARD' && !lostRoles.has(principalKey(principal ?? ''));
  };
  const isNew = (principal: string | undefined): boolean =>
    entriesAfter(principal).some(
      ({ change, after }) => change.action === 'create' && !change.importing && isOfCluster(after, cluster),
    );
  const planned = associations.some(
    ({ change, before, after }) =>
      isAdmin(after) &&
      isOfCluster(after, cluster) &&
      (before !== undefined || change.importing) &&
      change.action !== 'replace' &&
      isUsable(after?.principal, types.get(principalKey(after?.principal ?? ''))) &&
      !isNew(after?.principal),
  );
  const live = liveIn(cluster)?.entries.some(entry => {
    const { principalArn } = entry;
    const admin = holdsPolicy(entryOfLive(entry), clusterAdmin) === 'yes';
    const goes = entriesBefore(principalArn).some(
      ({ before, after }) => after === undefined && isOfCluster(before, cluster),
    );
    return admin && !goes && isUsable(principalArn, entry.type) && !isNew(principalArn);
  });
  return planned || live === true;
};

const isAdmin = (side: AssociationSide | undefined): boolean =>
  side !== undefined && covers(associationOf({ policyArn: side.policy, scope: side.scope }), clusterAdmin) === 'yes';
