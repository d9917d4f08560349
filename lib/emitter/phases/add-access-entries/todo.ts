import { isCalled, isInSource, type ClusterInSource } from '../../../parser/index.ts';
import type { AccessEntry, Planned } from '../../../transformer/index.ts';
import { involvedClusters } from '../../involved.ts';
import type { State } from '../../phase.ts';

/** What a cluster lacks. */
export type Todo = {
  readonly cluster: ClusterInSource;
  readonly entries: readonly AccessEntry[];
  readonly planned: readonly Planned[];
  readonly creatorAdmin: boolean;
};

export const todoIn = (state: State): readonly Todo[] =>
  involvedClusters(state)
    .filter(isInSource)
    .map(cluster => {
      const transformed = state.transformed.filter(one => one.cluster === cluster);
      return {
        cluster,
        entries: transformed.flatMap(({ entries }) => entries),
        planned: transformed.flatMap(({ planned }) => (planned && !planned.isWritten ? [planned] : [])),
        creatorAdmin: state.options.clusterCreatorAdmin === true && cluster.creatorAdmin === 'off' && isCalled(cluster),
      };
    })
    .filter(({ entries, planned, creatorAdmin }) => entries.length > 0 || planned.length > 0 || creatorAdmin);
