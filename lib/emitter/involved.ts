import {
  isMadeHere,
  isUnset,
  liveAlone,
  type CalledCluster,
  type Cluster,
  type ResourceCluster,
} from '../parser/index.ts';
import type { State } from './phase.ts';

/**
 * The clusters whose mode the migration moves: those with a mapping or the live ConfigMap, and all of them where it is not known which one a mapping
 * belongs to. Without any mapping, those whose mode is written: phase 1 has written it, or the author.
 */
export const involvedClusters = ({ source }: State): readonly Cluster[] => {
  const { clusters, mappings, pairs, unpaired } = source;
  const alone = liveAlone(source).map(({ cluster }) => cluster);
  if (mappings.length === 0) {
    if (alone.length > 0) return alone;
    const written = clusters.filter(({ mode }) => !isUnset(mode));
    return written.length > 0 ? written : clusters;
  }
  if (unpaired.length > 0) return clusters;
  const paired = new Set([...pairs.map(({ cluster }) => cluster), ...alone]);
  return [...clusters.filter(cluster => paired.has(cluster)), ...[...paired].filter(cluster => !isMadeHere(cluster))];
};

/** Whether a mode can be written in this root module: not where the only cluster is made elsewhere, also once aws-auth is gone. */
export const modeIsHere = (state: State): boolean =>
  clustersHere(state).some(({ mode }) => mode.kind !== 'by-cli') ||
  (state.options.emit !== 'resources' && involvedClusters(state).length === 0);

/** One whose call or resource stands for several: no one name is that of all, and a snapshot does not say which entries are of which. */
export const repeatedCluster = (state: State): CalledCluster | ResourceCluster | undefined =>
  clustersHere(state).find(({ repetition }) => repetition.kind === 'many');

/** Those of this root module. */
export const clustersHere = (state: State): readonly (CalledCluster | ResourceCluster)[] =>
  involvedClusters(state).filter(isMadeHere);

export const modeIs = (cluster: Cluster, ...modes: readonly string[]): boolean =>
  cluster.mode.kind === 'literal' ? modes.includes(cluster.mode.value) : !isUnset(cluster.mode);
