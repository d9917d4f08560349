import type { Mapping } from '../aws-auth/mapping.ts';
import type { Source } from '../source.ts';
import type { Caller } from './caller.ts';
import type { Taken } from './taken.ts';

/** What a module is handed by its callers, all of whom write their rows out: their rows become entries where they stand. */
export type Handed = Pick<Taken, 'lists' | 'entries' | 'cluster'> & { readonly callers: readonly Caller[] };

/**
 * The source of the module without the lists that its callers have the rows of. Where one call is all there is, its name of the cluster is
 * that of the module.
 */
export const asHanded = (source: Source, { lists, cluster, callers }: Handed): Source => {
  const [call, ...others] = callers.flatMap(({ calls }) => calls);
  const name = others.length === 0 ? call?.cluster.name : undefined;
  const named = name === undefined ? cluster : { ...cluster, name };
  const told = new Set(lists.map(({ list }) => list));
  const replaced = new Map(
    source.mappings.map((mapping): [Mapping, Mapping] => [
      mapping,
      { ...mapping, unread: mapping.unread.filter(list => !told.has(list)) },
    ]),
  );
  const of = (mapping: Mapping): Mapping => replaced.get(mapping) ?? mapping;
  return {
    ...source,
    clusters: source.clusters.map(one => (one === cluster ? named : one)),
    mappings: source.mappings.map(of),
    pairs: source.pairs.map(pair => ({
      cluster: pair.cluster === cluster ? named : pair.cluster,
      mapping: of(pair.mapping),
    })),
    unpaired: source.unpaired.map(of),
  };
};
