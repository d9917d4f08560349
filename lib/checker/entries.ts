import { quote } from '../hcl/index.ts';
import {
  clusterResources,
  groupBy,
  isCertain,
  namedClusters,
  placeOf,
  type Cluster,
  type Field,
  type ResourceCluster,
  type WrittenEntry,
  type WrittenObject,
} from '../parser/index.ts';
import { compareVersions, type RootModule } from '../terraform/index.ts';
import type { Diagnostic, Range } from '../diagnostics/index.ts';
import type { State } from '../emitter/index.ts';
import type { RowOutcome } from '../transformer/index.ts';

/**
 * Looks at a root module as it is written and says what is wrong with it. What `convert` says of rows and of the module is said
 * already: a rule is for what no phase has to know.
 */
export type CheckRule = (state: State) => readonly Diagnostic[];

/** An access entry of the source, and how messages name it. */
export type NamedEntry = {
  readonly module: RootModule;
  readonly cluster: Cluster;
  readonly written: WrittenEntry;
  readonly name: string;
};

/** The clusters of the module, those included that only have their entries here, and resources that have some, whatever their mode. */
export const clustersOf = (state: State): readonly Cluster[] => {
  const read = clustersRead.get(state) ?? readClusters(state);
  clustersRead.set(state, read);
  return read;
};

/** Every rule asks. */
const clustersRead = new WeakMap<State, readonly Cluster[]>();

const readClusters = (state: State): readonly Cluster[] => {
  const { source } = state;
  const moved = [...new Set([...source.clusters, ...source.pairs.map(({ cluster }) => cluster)])];
  const beside = resourcesBeside(state).filter(({ address }) => moved.every(cluster => cluster.address !== address));
  const withEntries = beside.filter(({ existing }) => existing.entries.length > 0);
  return [...moved, ...withEntries, ...namedClusters(source.module, [...moved, ...beside])];
};

/** Clusters that are resources and have nothing to do with aws-auth: no phase has to know them. */
const resourcesBeside = ({ source: { module, clusters } }: State): readonly ResourceCluster[] =>
  clusterResources(module, true).filter(({ address }) => clusters.every(cluster => cluster.address !== address));

export const clustersMadeHere = (state: State): readonly Cluster[] => [
  ...state.source.clusters,
  ...resourcesBeside(state),
];

export const entriesOf = (state: State): readonly NamedEntry[] =>
  clustersOf(state).flatMap(cluster => entriesOfCluster(state, cluster));

export const entriesOfCluster = ({ source: { module } }: State, cluster: Cluster): readonly NamedEntry[] =>
  cluster.existing.entries.map(written => ({ module, cluster, written, name: nameOf(cluster, written) }));

/** Access entries came to the eks module with version 20. */
export const isBefore20 = ({ version }: Cluster): boolean =>
  version.kind !== 'unknown' && compareVersions(version.version, '20.0.0') < 0;

/** Entries with their principals, where these are written. */
export const principalsOf = (entries: readonly NamedEntry[]): readonly (NamedEntry & { readonly field: Field })[] =>
  entries.flatMap(entry => (entry.written.principal ? [{ ...entry, field: entry.written.principal }] : []));

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

/** The entries that are there for certain. Of two with one key in `merge`, the last counts. */
export const effectiveEntries = (entries: readonly NamedEntry[]): readonly NamedEntry[] => {
  const certain = entries.filter(({ written }) => isCertain(written));
  return [...new Map(certain.map(entry => [nameInPlan(entry), entry])).values()];
};

/** Two labels, or two keys of one map, are two; so are two instances of a resource. */
const nameInPlan = ({ written: { form, key, resource } }: NamedEntry): string =>
  `${form} ${key} ${resource?.key ?? ''}`;

/** The row in force of a principal, with its entry in the source. Of several rows it is not clear which one an entry stands for. */
export type RowWithEntry = { readonly outcome: RowOutcome; readonly entry: NamedEntry };

export const rowsWithEntries = (state: State): readonly RowWithEntry[] =>
  state.transformed.flatMap(({ cluster, outcomes }) => {
    if (!cluster) return [];
    const entries = entriesOfCluster(state, cluster);
    const found = outcomes
      .filter(({ disposition }) => disposition !== 'dropped')
      .flatMap(outcome => {
        const entry = entries.find(({ written }) => written === outcome.existing?.entry);
        return entry && isCertain(entry.written) ? [{ outcome, entry }] : [];
      });
    return [...groupBy(found, ({ entry }) => entry).values()].flatMap(rows => (rows.length === 1 ? rows : []));
  });
