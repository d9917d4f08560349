import { quote } from '../hcl/index.ts';
import { placeOf, type Cluster, type WrittenEntry, type WrittenObject } from '../parser/index.ts';
import type { RootModule } from '../terraform/index.ts';
import type { Range } from '../diagnostics/index.ts';
import type { State } from '../emitter/index.ts';

/** An access entry of the source, and how messages name it. */
export type NamedEntry = {
  readonly module: RootModule;
  readonly cluster: Cluster;
  readonly written: WrittenEntry;
  readonly name: string;
};

/** The clusters of the module, those included that only have their entries here. */
export const clustersOf = ({ source }: State): readonly Cluster[] => [
  ...new Set([...source.clusters, ...source.pairs.map(({ cluster }) => cluster)]),
];

export const entriesOf = (state: State): readonly NamedEntry[] =>
  clustersOf(state).flatMap(own => entriesOfCluster(state, own));

export const entriesOfCluster = ({ source: { module } }: State, cluster: Cluster): readonly NamedEntry[] =>
  cluster.existing.entries.map(written => ({ module, cluster, written, name: nameOf(cluster, written) }));

const nameOf = ({ address }: Cluster, { form, key, resource }: WrittenEntry): string =>
  form === 'resource'
    ? `aws_eks_access_entry.${key}${typeof resource?.key === 'string' ? `[${quote(resource.key)}]` : ''}`
    : key === undefined
      ? `An entry in access_entries of ${address}`
      : `access_entries[${quote(key)}] of ${address}`;

export const placeOfField = (object: WrittenObject, name: string): Range | undefined => {
  const field = object.fields.get(name);
  return field && placeOf(field.piece);
};
