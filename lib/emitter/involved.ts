import type { Cluster } from '../parser/index.ts';
import type { State } from './phase.ts';

/**
 * The clusters whose mode the migration moves: those with a mapping, and all of them where it is not known which one a mapping
 * belongs to. Without any mapping, those whose mode is written: phase 1 has written it, or the author.
 */
export const involvedClusters = ({ source }: State): readonly Cluster[] => {
  const { clusters, mappings, pairs, unpaired } = source;
  if (mappings.length === 0) {
    const written = clusters.filter(({ mode }) => mode.kind !== 'absent');
    return written.length > 0 ? written : clusters;
  }
  if (unpaired.length > 0) return clusters;
  const paired = new Set(pairs.map(({ cluster }) => cluster));
  return clusters.filter(cluster => paired.has(cluster));
};

export const modeIs = (cluster: Cluster, ...modes: readonly string[]): boolean =>
  cluster.mode.kind === 'expression' || (cluster.mode.kind === 'literal' && modes.includes(cluster.mode.value));
