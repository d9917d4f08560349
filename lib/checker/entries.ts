import { quote } from '../hcl/index.ts';
import { fieldAt, placeOf, type Cluster, type Field, type WrittenEntry, type WrittenObject } from '../parser/index.ts';
import { evaluate, knownString, type RootModule, type Value } from '../terraform/index.ts';
import type { Range } from '../diagnostics/index.ts';
import type { State } from '../emitter/index.ts';

/** An access entry of the source, and how messages name it. */
export type Entry = {
  readonly module: RootModule;
  readonly cluster: Cluster;
  readonly written: WrittenEntry;
  readonly name: string;
};

/** The clusters of the module, those included that only have their entries here. */
export const clustersOf = ({ source }: State): readonly Cluster[] => [
  ...new Set([...source.clusters, ...source.pairs.map(({ cluster }) => cluster)]),
];

export const entriesOf = (state: State): readonly Entry[] =>
  clustersOf(state).flatMap(own => entriesOfCluster(state, own));

export const entriesOfCluster = ({ source: { module } }: State, cluster: Cluster): readonly Entry[] =>
  cluster.existing.written.map(written => ({ module, cluster, written, name: nameOf(cluster, written) }));

const nameOf = ({ address }: Cluster, { form, key }: WrittenEntry): string =>
  form === 'resource'
    ? `aws_eks_access_entry.${key}`
    : key === undefined
      ? `An entry in access_entries of ${address}`
      : `access_entries[${quote(key)}] of ${address}`;

/** The value of a field; undefined where there is none, or null. */
export const valueOf = (module: RootModule, object: WrittenObject, name: string): Value | undefined => {
  const field = object.fields.get(name);
  const value = field && evaluate(field.piece.expression, module.scope);
  return value?.kind === 'null' ? undefined : value;
};

export const textOfField = (module: RootModule, object: WrittenObject, name: string): string | undefined =>
  knownString(valueOf(module, object, name));

/** Whether the source tells that a field has no value. */
export const isAbsent = (module: RootModule, object: WrittenObject, name: string): boolean =>
  object.whole && valueOf(module, object, name) === undefined;

export const placeOfField = (object: WrittenObject, name: string): Range | undefined => {
  const field = object.fields.get(name);
  return field && placeOf(field.piece);
};

/** The type of an entry; undefined where the source does not tell. */
export const typeOfEntry = ({ module, written }: Entry): string | undefined =>
  isAbsent(module, written, 'type') ? 'STANDARD' : textOfField(module, written, 'type');

export const principalField = ({ module, written }: Entry): Field | undefined => {
  const field = written.fields.get('principal_arn');
  return field && fieldAt(module, field.piece);
};
