import { addressOf, bodyReferences, referencesOf, type Reference } from './references.ts';
import type { RootModule } from './root-module.ts';

/**
 * What each object of the root module refers to, by address. A module call is opaque: each of its outputs is taken to depend
 * on all its arguments and on its `depends_on`, which is the safe reading.
 */
export type Graph = ReadonlyMap<string, readonly Reference[]>;

export const createGraph = (module: RootModule): Graph => {
  const graph = new Map<string, readonly Reference[]>();
  for (const [name, local] of module.locals) graph.set(`local.${name}`, referencesOf(local.value));
  for (const block of module.blocks) {
    const address = blockAddress(block.type, block.labels);
    if (address !== undefined) graph.set(address, [...(graph.get(address) ?? []), ...bodyReferences(block.body)]);
  }
  return graph;
};

/** The address others refer to a block by; undefined for blocks nobody can refer to. */
export const blockAddress = (type: string, labels: readonly string[]): string | undefined => {
  if (type === 'resource') return labels.join('.');
  if (type === 'data') return ['data', ...labels].join('.');
  if (type === 'module') return `module.${labels[0]}`;
  if (type === 'variable') return `var.${labels[0]}`;
  return undefined;
};

/** Whether one of these variables is read, at any distance from `start`. */
export const readsVariable = (graph: Graph, start: readonly Reference[], isMeant: (name: string) => boolean): boolean =>
  reaches(graph, start, ({ path: [kind, name = ''] }) => kind === 'var' && isMeant(name)) !== undefined;

/** The first reference, at any distance from `start`, that `wanted` accepts. */
export const reaches = (
  graph: Graph,
  start: readonly Reference[],
  wanted: (reference: Reference) => boolean,
): Reference | undefined => {
  const seen = new Set<string>();
  const queue = [...start];
  for (let reference = queue.shift(); reference; reference = queue.shift()) {
    if (wanted(reference)) return reference;
    const address = addressOf(reference);
    if (seen.has(address)) continue;
    seen.add(address);
    for (const next of graph.get(address) ?? []) queue.push(next);
  }
  return undefined;
};
