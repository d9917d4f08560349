import type { HclFile } from '../../hcl/index.ts';
import { gaps, titleOf, type Caller, type NumberedCall } from '../../parser/index.ts';
import type { State } from '../phase.ts';

/** The calls of this module by root modules whose rows become entries there. */
export const callsOf = ({ handed }: State): Caller['calls'] => handed?.callers.flatMap(({ calls }) => calls) ?? [];

/** Whether several calls are in sight, or one that makes several clusters: no one name is that of all. */
export const isOfManyCalls = ({ calls = [] }: State): boolean => calls.length > 1 || calls.some(makesSeveral);

/** A call with several instances makes one in each, and a call that root modules share makes one for each of them. */
const makesSeveral = ({ starts, place: { roots = [] } }: NumberedCall): boolean =>
  roots.length > 1 || starts.length > 1 || starts.some(start => start.includes(gaps.key) || start.includes(gaps.index));

/** Whether the call stands in a module that root modules share, and not in one of them. */
export const isShared = ({ place }: NumberedCall): boolean => place.roots !== undefined;

/** How messages name the clusters that the calls in sight make. */
export const clustersOfCalls = ({ calls = [] }: Pick<State, 'calls'>): readonly string[] =>
  calls.flatMap(({ title, starts, place: { label: caller, roots = [] } }) => {
    if (roots.length > 1) return roots.map(({ label }) => `${title} in ${label}`);
    if (starts.length === 1) return [title];
    return starts.map(start => titleOf({ address: start.replace(/\.$/, ''), wrapper: { caller } }));
  });

/** Whether what is written is for the clusters of several calls, of which a snapshot proves one. A script is for the one that is named. */
export const isForManyClusters = (state: State): boolean => state.options.emit !== 'aws-cli' && isOfManyCalls(state);

/** How messages name a file of a caller. */
export const fileIn = (caller: string | undefined, file: string): string =>
  caller === undefined ? file : `${caller}/${file.slice(file.lastIndexOf('/') + 1)}`;

/** The files of the module, and of the callers that are changed with it. */
export const filesOf = ({ source, handed }: State): readonly HclFile[] =>
  [source, ...(handed?.callers.map(caller => caller.source) ?? [])].flatMap(({ module }) => module.files);
