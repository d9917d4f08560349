import { blocksOf, knownString, type RootModule } from '../../terraform/index.ts';
import { entriesOfCluster, type WrittenEntries } from '../entries/read-entries.ts';
import { instancesOf } from '../entries/resource-instances.ts';
import { fieldAt } from '../expressions/field.ts';
import { normalizeSource } from '../expressions/identity.ts';
import type { Field } from '../aws-auth/row.ts';
import { clusterByHand, type Cluster, type ClusterByHand } from './cluster.ts';

/**
 * The clusters that only the entries of the root module name: what makes them is elsewhere. An entry of one of the `known` clusters
 * is of no other.
 */
export const namedClusters = (module: RootModule, known: readonly Cluster[]): readonly ClusterByHand[] => {
  const claimed = new Set(
    known.flatMap(({ existing }) => existing.entries.flatMap(({ resource }) => resource?.block ?? [])),
  );
  const names = blocksOf(module, 'resource', 'aws_eks_access_entry')
    .filter(block => !claimed.has(block))
    .flatMap(block => instancesOf(module, block))
    .flatMap(({ object }) => object.fields.get('cluster_name') ?? [])
    .map(({ piece }) => fieldAt(module, piece));
  const distinct = new Map(names.map(name => [normalizeSource(name.source), name]));
  return [...distinct.values()].map(name => {
    const called = knownString(name.value) ?? name.source;
    return { ...clusterByHand(module, called), existing: entriesNamed(module, name) };
  });
};

/** What names the cluster in other words may be of it. */
const entriesNamed = (module: RootModule, cluster: Field): WrittenEntries =>
  entriesOfCluster(module, name => {
    if (normalizeSource(name.source) === normalizeSource(cluster.source)) return 'yes';
    const [left, right] = [knownString(name.value), knownString(cluster.value)];
    return left === undefined || right === undefined ? 'maybe' : left === right ? 'yes' : 'no';
  });
