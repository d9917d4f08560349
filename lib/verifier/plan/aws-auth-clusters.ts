import type { Config } from '../../config/config.ts';
import type { AwsAuthResource } from './aws-auth-resource.ts';
import type { Change } from './change.ts';
import { clusterOf, withoutKeys } from './cluster-of.ts';
import type { ClusterFact } from './clusters.ts';

/** `of`: the cluster whose ConfigMap it is, or each that it may be of. */
export type AwsAuthFact = AwsAuthResource & { readonly of: readonly ClusterFact[] };

type Beside = {
  readonly clusters: readonly ClusterFact[];
  /** Those that the phase is about. */
  readonly migrated: readonly ClusterFact[];
  readonly configuration: unknown;
  readonly pair: NonNullable<Config['pair']>;
};

/**
 * Which cluster each ConfigMap is of: as the config pairs them, by the provider that writes it, or by the module that both are in.
 * What is not told may be of each cluster that has none yet and still goes by one.
 */
export const awsAuthFacts = (resources: readonly AwsAuthResource[], beside: Beside): readonly AwsAuthFact[] => {
  const { clusters, migrated } = beside;
  const there = clusters.filter(({ change }) => change.after.value !== undefined);
  // A person has named the cluster, and there is one ConfigMap.
  const named = resources.length === 1 && migrated.length === 1 ? migrated : [];
  const told = resources.map(({ change }) => (there.length < 2 ? there : [...toldBy(change, beside)]));
  const taken = new Set(told.flat());
  const left = there.filter(cluster => !taken.has(cluster) && cluster.before !== 'API');
  return resources.map((resource, index): AwsAuthFact => {
    const found = [told[index] ?? [], named, left].find(({ length }) => length > 0);
    return { ...resource, of: found ?? there };
  });
};

const addresses = ({ change: { module, address } }: ClusterFact): readonly string[] =>
  [module, address].map(withoutKeys).filter(text => text !== '');

const toldBy = (change: Change, { clusters, configuration, pair }: Beside): readonly ClusterFact[] => {
  const decided = pair[withoutKeys(change.module)] ?? pair[withoutKeys(change.address)];
  if (decided !== undefined) return clusters.filter(cluster => addresses(cluster).includes(decided));
  const clue = clusterOf(configuration, change);
  const talkedTo =
    clue === undefined
      ? []
      : clusters.filter(cluster =>
          clue.name === undefined ? addresses(cluster).includes(clue.address ?? '') : cluster.name === clue.name,
        );
  if (talkedTo.length > 0) return talkedTo;
  return change.module === '' ? [] : inModule(change.module, clusters);
};

/** The clusters of the module, or the one that the nearest module around it has: a wrapper makes the cluster and its aws-auth. */
const inModule = (module: string, clusters: readonly ClusterFact[]): readonly ClusterFact[] => {
  const own = clusters.filter(cluster => cluster.change.module === module);
  if (own.length > 0) return own;
  const within = clusters.filter(cluster => cluster.change.module.startsWith(`${module}.`));
  if (within.length > 0) return within.length === 1 ? within : [];
  const end = module.lastIndexOf('.module.');
  return end === -1 ? [] : inModule(module.slice(0, end), clusters);
};
