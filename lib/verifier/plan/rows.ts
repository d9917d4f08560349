import { parsePrincipalArn } from '../../eks/index.ts';
import type { AwsAuthRow } from '../../parser/aws-auth/live/aws-auth.ts';
import type { AwsAuthSide } from './aws-auth-resource.ts';
import { isOfCluster, type AwsAuthFact, type ClusterFact, type Facts } from './facts.ts';

export type PlannedRow = {
  readonly resource: AwsAuthFact;
  readonly arn: string;
  /** For messages: a sensitive ARN is not in it. */
  readonly shown: string;
  readonly username: string;
  readonly groups: readonly string[];
};

/** The rows of one side, each principal once. A role with a path is never matched, so its row grants nothing. */
export const rowsOf = (resource: AwsAuthFact, side: AwsAuthSide | undefined): readonly PlannedRow[] => {
  if (side === undefined || side.rows === 'unknown') return [];
  const inForce = side.rows.rows.filter(({ arn }) => !hasDeadPath(arn));
  const last = new Map(inForce.map(row => [row.arn.toLowerCase(), row]));
  return [...last.values()].map(({ list, index, arn, username, groups }) => {
    const shown = side.sensitive ? `${list}[${index}] of ${resource.change.address}` : arn;
    return { resource, arn, shown, username, groups };
  });
};

/** Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/arn/arn.go (Canonicalize) */
const hasDeadPath = (arn: AwsAuthRow['arn']): boolean => {
  const parsed = parsePrincipalArn(arn);
  return parsed?.kind === 'role' && parsed.path !== '/';
};

/**
 * Rows that leave a resource, or cease to count where the mode becomes API. In mode API none has counted, and who is dropped in the
 * config has nothing to keep. Source: EKS user guide, setting-up-access-entries.
 */
export const lostRows = (facts: Facts): readonly PlannedRow[] =>
  goneRows(facts).filter(row => !facts.isDropped(row.arn) && !isInModeApi(facts, row));

const isInModeApi = (facts: Facts, row: PlannedRow): boolean => {
  const clusters = clustersOf(facts, row.resource);
  return clusters.length > 0 && clusters.every(({ before }) => before === 'API');
};

const goneRows = ({ awsAuth, clusters }: Facts): readonly PlannedRow[] => {
  const ignored = clusters.some(({ before, after }) => after === 'API' && before !== 'API');
  return awsAuth.flatMap(resource => {
    const { action } = resource.change;
    if (action === 'forget' && !ignored) return [];
    const before = rowsOf(resource, resource.before);
    const after = action === 'forget' ? before : rowsOf(resource, resource.after);
    if (ignored) return [...before, ...without(after, before)];
    if (resource.after?.rows === 'unknown') return [];
    return without(before, after);
  });
};

const without = (rows: readonly PlannedRow[], others: readonly PlannedRow[]): readonly PlannedRow[] => {
  const known = new Set(others.map(({ arn }) => arn.toLowerCase()));
  return rows.filter(({ arn }) => !known.has(arn.toLowerCase()));
};

/** The entry that is there after the apply, in the plan or in the live cluster. */
export const hasEntry = (facts: Facts, row: PlannedRow): boolean => {
  const clusters = clustersOf(facts, row.resource);
  const planned = facts.entriesAfter(row.arn);
  if (clusters.length === 0) return planned.length > 0 || isLive(facts, row);
  return clusters.every(
    cluster => planned.some(({ after }) => isOfCluster(after, cluster)) || isLive(facts, row, cluster),
  );
};

/** Where several clusters are planned, those that the ConfigMap is of, the one beside it, or all of them. */
export const clustersOf = (facts: Facts, resource: AwsAuthFact): readonly ClusterFact[] => {
  if (resource.of !== undefined) return resource.of;
  const clusters = facts.migrated.filter(({ change }) => change.after.value !== undefined);
  const beside = clusters.filter(({ change }) => change.module === resource.change.module && change.module !== '');
  return beside.length > 0 ? beside : clusters;
};

/** The entries of another cluster prove nothing. */
const isLive = (facts: Facts, { arn }: PlannedRow, cluster?: ClusterFact): boolean => {
  const goes = facts
    .entriesBefore(arn)
    .some(({ before, after }) => after === undefined && isOfCluster(before, cluster));
  return !goes && (facts.liveIn(cluster)?.ofPrincipal(arn) ?? []).length > 0;
};
