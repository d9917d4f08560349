import type { HclFile } from '../../hcl/index.ts';
import { instanceOf, prefixOfInstance, type CalledCluster, type Caller } from '../../parser/index.ts';
import type { State } from '../phase.ts';

/** The calls of this module by root modules whose rows become entries there. */
export const callsOf = ({ handed }: State): Caller['calls'] => handed?.callers.flatMap(({ calls }) => calls) ?? [];

/** Whether several calls are in sight, of which each makes a cluster of its own: no one name is that of all. */
export const isOfManyCalls = ({ calls = [] }: State): boolean => calls.length > 1;

/** Whether what is written is for the clusters of several calls, of which a snapshot proves one. A script is for the one that is named. */
export const isForManyClusters = (state: State): boolean => state.options.emit !== 'aws-cli' && isOfManyCalls(state);

/** An address of the module, as it is in the state of each root module that is applied. */
export const inCalls = (state: State, address: string): readonly string[] => {
  const calls = callsOf(state).map(({ cluster }) => addressIn(cluster, address));
  return calls.length === 0 ? [address] : [...new Set(calls)];
};

/** An address of the module as it is in a root module that calls it. */
export const addressIn = (cluster: CalledCluster, address: string): string =>
  `${prefixOfInstance(cluster, instanceOf(cluster, cluster.repetition))}${address}`;

/** How messages name a file of a caller. */
export const fileIn = (caller: string | undefined, file: string): string =>
  caller === undefined ? file : `${caller}/${file.slice(file.lastIndexOf('/') + 1)}`;

/** The files of the module, and of the callers that are changed with it. */
export const filesOf = ({ source, handed }: State): readonly HclFile[] =>
  [source, ...(handed?.callers.map(caller => caller.source) ?? [])].flatMap(({ module }) => module.files);
