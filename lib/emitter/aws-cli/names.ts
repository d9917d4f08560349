import type { Cluster } from '../../parser/index.ts';
import { involvedClusters } from '../involved.ts';
import type { State } from '../phase.ts';

/** The file of a cluster's script. Each script is for one cluster. */
export const scriptFile = (state: State, { label }: Cluster): string =>
  involvedClusters(state).length === 1 ? 'access-entries.sh' : `access-entries-${label}.sh`;

/** The name of the cluster where it is known. The config names one cluster. */
export const knownName = (state: State, { name }: Cluster): string | undefined =>
  involvedClusters(state).length === 1 ? (state.options.config.clusterName ?? name) : name;
