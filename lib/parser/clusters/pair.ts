import { attribute, stringValue } from '../../hcl/index.ts';
import {
  addressOf,
  blocksOf,
  bodyReferences,
  reaches,
  referencesOf,
  type Graph,
  type Reference,
  type RootModule,
} from '../../terraform/index.ts';
import type { Cluster } from './cluster.ts';
import type { Mapping } from '../aws-auth/mapping.ts';
import { passedProvider, type ModuleCall } from './module-call.ts';

/**
 * The cluster a mapping belongs to. What the config says is so. One of each belong together; else the cluster that aws-auth has
 * moved from; else the kubernetes provider of the call tells (its host comes from one of the clusters), else what the call refers
 * to. Undefined when none of these tells.
 */
export const pairedCluster = (
  module: RootModule,
  graph: Graph,
  mapping: Mapping,
  clusters: readonly Cluster[],
  decided: Readonly<Record<string, string>> = {},
): Cluster | undefined => {
  // The arguments stand in the cluster's own call.
  const own = clusters.find(({ call }) => call === mapping.call);
  if (own) return own;
  const stated = decided[mapping.call.address];
  if (stated !== undefined) return clusters.find(({ call }) => call.address === stated);
  if (clusters.length <= 1) return clusters[0];
  const moved = clusters.filter(({ call }) => hasMoved(module, call, mapping.call));
  if (moved.length === 1) return moved[0];
  const byProvider = reached(graph, providerReferences(module, mapping), clusters);
  if (byProvider.length === 1) return byProvider[0];
  const byReference = reached(graph, bodyReferences(mapping.call.block.body), clusters);
  return byReference.length === 1 ? byReference[0] : undefined;
};

/** Phase 0 writes such blocks; people do by hand. */
const hasMoved = (module: RootModule, from: ModuleCall, to: ModuleCall): boolean =>
  blocksOf(module, 'moved').some(({ body }) =>
    (
      [
        ['from', from],
        ['to', to],
      ] as const
    ).every(([name, { label }]) => {
      const own = attribute(body, name)?.value;
      return own !== undefined && referencesOf(own).some(({ path }) => path[0] === 'module' && path[1] === label);
    }),
  );

const reached = (graph: Graph, start: readonly Reference[], clusters: readonly Cluster[]): readonly Cluster[] =>
  clusters.filter(({ call }) => reaches(graph, start, reference => addressOf(reference) === call.address));

const providerReferences = (module: RootModule, mapping: Mapping): readonly Reference[] => {
  const [name, alias] = providerOf(mapping);
  return blocksOf(module, 'provider', name)
    .filter(({ body }) => {
      const own = attribute(body, 'alias');
      return alias === undefined ? own === undefined : own !== undefined && stringValue(own.value) === alias;
    })
    .flatMap(({ body }) => bodyReferences(body));
};

/** The name of the provider and its alias: of a call the one that is passed, of a resource its own. */
const providerOf = ({ call, resource }: Mapping): readonly [name: string, alias?: string | undefined] => {
  if (!resource) return ['kubernetes', passedProvider(call, 'kubernetes')?.split('.')[1]];
  const own = attribute(call.block.body, 'provider');
  const [name = '', alias] = (own && referencesOf(own.value)[0]?.path) ?? [];
  return name === '' ? [(call.block.labels[0] ?? '').split('_')[0] ?? ''] : [name, alias];
};
