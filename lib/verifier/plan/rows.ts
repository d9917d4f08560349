import type { AwsAuthRow } from '../../parser/aws-auth/live/aws-auth.ts';
import { matchesNobody } from '../access/principals.ts';
import type { AwsAuthResource, AwsAuthSide } from './aws-auth-resource.ts';
import type { AwsAuthFact } from './aws-auth-clusters.ts';
import type { ClusterFact } from './clusters.ts';
import { isOfCluster, type Facts } from './facts.ts';

export type PlannedRow<Resource = AwsAuthFact> = {
  readonly resource: Resource;
  readonly arn: string;
  /** For messages: a sensitive ARN is not in it. */
  readonly shown: string;
  /** The row as the authenticator holds it. */
  readonly row: AwsAuthRow;
  readonly isSensitive: boolean;
};

/** The rows of one side, each principal once. What matches nobody, such as a role with a path, grants nothing. */
export const rowsOf = <Resource extends AwsAuthResource>(
  resource: Resource,
  side: AwsAuthSide | undefined,
): readonly PlannedRow<Resource>[] => {
  if (side === undefined || side.rows === 'unknown') return [];
  const inForce = side.rows.rows.filter(({ arn }) => !matchesNobody(arn));
  const last = new Map(inForce.map(row => [row.arn.toLowerCase(), row]));
  return [...last.values()].map(row => {
    const { list, index, arn } = row;
    const shown = side.sensitive ? `${list}[${index}] of ${resource.change.address}` : arn;
    return { resource, arn, shown, row, isSensitive: side.sensitive };
  });
};

/**
 * Rows that leave a resource, or cease to count where the mode becomes API. In mode API none has counted, and who is dropped in the
 * config has nothing to keep. Source: EKS user guide, setting-up-access-entries.
 */
export const lostRows = (facts: Facts): readonly PlannedRow[] =>
  goneRows(facts).filter(row => !facts.isDropped(row.arn) && !isInModeApi(row));

const isInModeApi = ({ resource: { of } }: PlannedRow): boolean =>
  of.length > 0 && of.every(({ before }) => before === 'API');

const goneRows = ({ awsAuth, clusters }: Facts): readonly PlannedRow[] =>
  awsAuth.flatMap(resource => {
    const { action } = resource.change;
    // A ConfigMap whose cluster is not in the plan may be of any that is.
    const of = resource.of.length === 0 ? clusters : resource.of;
    const ignored = of.some(({ before, after }) => after === 'API' && before !== 'API');
    if (action === 'forget' && !ignored) return [];
    const before = rowsOf(resource, resource.before);
    const after = action === 'forget' ? before : rowsOf(resource, resource.after);
    if (ignored) return [...before, ...without(after, before)];
    if (resource.after?.rows === 'unknown') return [];
    return without(before, after);
  });

const without = (rows: readonly PlannedRow[], others: readonly PlannedRow[]): readonly PlannedRow[] => {
  const known = new Set(others.map(({ arn }) => arn.toLowerCase()));
  return rows.filter(({ arn }) => !known.has(arn.toLowerCase()));
};

/** Whether a ConfigMap may be that of a cluster which the phase is about. */
export const isMigrated = ({ migrated }: Facts, { of }: AwsAuthFact): boolean =>
  of.length === 0 || of.some(cluster => migrated.includes(cluster));

/** Whether there is an entry after the apply, in the plan or live: in each cluster that the row may be of, or in some of them only. */
export const entryOf = (facts: Facts, row: PlannedRow): 'everywhere' | 'somewhere' | 'nowhere' => {
  const { of } = row.resource;
  const planned = facts.entriesAfter(row.arn);
  const answers = [...of, ...(of.length === 0 ? [undefined] : [])].map(
    cluster => planned.some(({ after }) => isOfCluster(after, cluster)) || isLive(facts, row, cluster),
  );
  return answers.every(Boolean) ? 'everywhere' : answers.some(Boolean) ? 'somewhere' : 'nowhere';
};

/** The entries of another cluster prove nothing. */
const isLive = (facts: Facts, { arn }: PlannedRow, cluster?: ClusterFact): boolean => {
  const goes = facts
    .entriesBefore(arn)
    .some(({ before, after }) => after === undefined && isOfCluster(before, cluster));
  return !goes && (facts.liveIn(cluster)?.ofPrincipal(arn) ?? []).length > 0;
};
