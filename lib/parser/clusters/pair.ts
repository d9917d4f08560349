import { attribute, type Body } from '../../hcl/index.ts';
import {
  addressOf,
  blockAddress,
  blocksOf,
  bodyReferences,
  evaluate,
  knownString,
  reaches,
  referencesOf,
  type Graph,
  type Reference,
  type RootModule,
} from '../../terraform/index.ts';
import { providersOf } from './aws-provider.ts';
import type { Cluster, ResourceCluster } from './cluster.ts';
import type { Mapping } from '../aws-auth/mapping.ts';
import { configMapName } from '../aws-auth/live/live.ts';
import { passedProvider } from './module-call.ts';

/**
 * The cluster a mapping belongs to. What the config says is so. One of each belong together; else the cluster that aws-auth has
 * moved from; else the kubernetes provider of the call tells (its host comes from one of the clusters, or a data source of its name), else
 * what the call refers to. Undefined when none of these tells, or the provider is of a cluster that is not among them.
 */
export const pairedCluster = (
  module: RootModule,
  graph: Graph,
  mapping: Mapping,
  clusters: readonly Cluster[],
  decided: Readonly<Record<string, string>> = {},
): Cluster | undefined => {
  // The arguments stand in the cluster's own call.
  const inline = clusters.find(({ address }) => address === mapping.address);
  if (inline) return inline;
  const stated = decided[mapping.address];
  if (stated !== undefined) return clusters.find(({ address }) => address === stated);
  const other = clusterOfData(module, graph, mapping, clusters);
  if (clusters.length <= 1) return other ? undefined : clusters[0];
  const moved = clusters.filter(cluster => hasMoved(module, cluster, mapping));
  if (moved.length === 1) return moved[0];
  const byProvider = reached(graph, providerReferences(module, mapping), clusters);
  if (byProvider.length === 1) return byProvider[0];
  const named = namesOfData(module, graph, mapping);
  const byName = clusters.filter(({ name }) => named.some(one => one.name === name));
  if (byName.length === 1) return byName[0];
  if (other) return undefined;
  const byReference = reached(withoutRoles(graph), bodyReferences(mapping.block.body), clusters);
  return byReference.length === 1 ? byReference[0] : undefined;
};

/** What tells that a mapping belongs to none of these clusters: a data source of another name has the host of its kubernetes provider. */
export const clusterOfData = (
  module: RootModule,
  graph: Graph,
  mapping: Mapping,
  clusters: readonly Cluster[],
): NamedData | undefined => {
  const named = namesOfData(module, graph, mapping);
  const isOther = ({ name }: Cluster): boolean => name !== undefined && named.every(one => one.name !== name);
  const isNone = clusters.length > 0 && clusters.every(isOther);
  return isNone && reached(graph, providerReferences(module, mapping), clusters).length === 0 ? named[0] : undefined;
};

type NamedData = { readonly address: string; readonly name: string };

/** The data sources of clusters that the provider of a mapping refers to; none where the source does not tell the name of each. */
const namesOfData = (module: RootModule, graph: Graph, mapping: Mapping): readonly NamedData[] => {
  const addresses = new Set<string>();
  reaches(graph, providerReferences(module, mapping), reference => {
    const address = addressOf(reference);
    if (address.startsWith('data.aws_eks_cluster.')) addresses.add(address);
    return false;
  });
  const named = [...addresses].map(address => {
    const [block] = blocksOf(module, 'data', 'aws_eks_cluster').filter(
      ({ labels }) => blockAddress('data', labels) === address,
    );
    const name = block && attribute(block.body, 'name');
    return { address, name: name && knownString(evaluate(name.value, module.scope)) };
  });
  return named.every((one): one is NamedData => one.name !== undefined) ? named : [];
};

/**
 * Beside a call a resource is another cluster: of those, the ones that a mapping is said to belong to, by the config or its provider, or
 * the live ConfigMap, by the config.
 */
export const askedResources = (
  module: RootModule,
  graph: Graph,
  mappings: readonly Mapping[],
  called: readonly Cluster[],
  resources: readonly ResourceCluster[],
  decided: Readonly<Record<string, string>> = {},
): readonly ResourceCluster[] => {
  const addresses = mappings
    .filter(({ address }) => called.every(cluster => cluster.address !== address))
    .map(mapping => {
      const [only, ...others] = reached(graph, providerReferences(module, mapping), [...called, ...resources]);
      return decided[mapping.address] ?? (others.length === 0 ? only?.address : undefined);
    });
  return resources.filter(({ address }) => [...addresses, decided[configMapName]].includes(address));
};

type Labelled = { readonly label: string };

/** Phase 0 writes such blocks; people do by hand. */
const hasMoved = (module: RootModule, from: Labelled, to: Labelled): boolean =>
  blocksOf(module, 'moved').some(({ body }) => names(body, 'from', from) && names(body, 'to', to));

const names = (body: Body, end: string, { label }: Labelled): boolean => {
  const given = attribute(body, end)?.value;
  return given !== undefined && referencesOf(given).some(({ path }) => path[0] === 'module' && path[1] === label);
};

/** Not what lies behind a cluster: it may be given something of another one. */
const reached = (graph: Graph, start: readonly Reference[], clusters: readonly Cluster[]): readonly Cluster[] => {
  const addresses = new Set(clusters.map(({ address }) => address));
  const before = new Map([...graph].filter(([address]) => !addresses.has(address)));
  return clusters.filter(({ address }) => reaches(before, start, reference => addressOf(reference) === address));
};

/** What a role reads, such as in its trust policy, does not tell in which cluster it is let in. */
const withoutRoles = (graph: Graph): Graph =>
  new Map([...graph].filter(([address]) => !address.startsWith('aws_iam_')));

/** What the configurations of the kubernetes provider of a mapping refer to. */
export const providerReferences = (module: RootModule, mapping: Mapping): readonly Reference[] => {
  const [name, alias] = providerOf(mapping);
  return providersOf(module, name, alias).flatMap(({ body }) => bodyReferences(body));
};

/** The name of the provider and its alias: of a call the one that is passed, of a resource its own. */
const providerOf = ({ call, block }: Mapping): readonly [name: string, alias?: string | undefined] => {
  if (call) return ['kubernetes', passedProvider(call, 'kubernetes')?.split('.')[1]];
  const given = attribute(block.body, 'provider');
  const [name = '', alias] = (given && referencesOf(given.value)[0]?.path) ?? [];
  return name === '' ? [(block.labels[0] ?? '').split('_')[0] ?? ''] : [name, alias];
};
