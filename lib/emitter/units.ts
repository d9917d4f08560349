import { isCalled, type CalledCluster } from '../parser/index.ts';
import { callsOf } from './callers/calls.ts';
import { involvedClusters } from './involved.ts';
import type { State } from './phase.ts';

/** Units of Terragrunt that are the root module at hand, and units that call it. */
export const unitsIn = (state: State): readonly CalledCluster[] =>
  [...involvedClusters(state).filter(isCalled), ...callsOf(state).map(({ cluster }) => cluster)].filter(
    ({ block }) => block.isUnit,
  );
