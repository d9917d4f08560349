import { markdownCode, markdownText } from '../../escape/markdown.ts';
import { isCalled, type NumberedCall } from '../../parser/index.ts';
import { seemsCalled } from '../../terraform/index.ts';
import { callsOf, isForManyClusters, isShared } from '../callers/calls.ts';
import { rootsOf, wordsForGaps } from '../callers/starts.ts';
import { involvedClusters } from '../involved.ts';
import type { State } from '../phase.ts';

/** What MIGRATION.md says to those who apply the module by their calls: the callers in sight, or whoever calls it elsewhere. */
export const callersSection = (state: State, byCall: boolean): object | null => {
  const isOneWay = state.options.wayToModule !== undefined;
  const made = callsOf(state)[0]?.cluster.wrapper?.call ?? involvedClusters(state).find(isCalled)?.address ?? '';
  const isDirect = !(state.calls ?? []).some(isShared);
  const known = (state.calls ?? []).map(call => inTable(call, made));
  if (callsOf(state).length > 0 && state.handed && state.handed.lists.length > 0)
    return { byCall, isOneWay, isDirect, known };
  const variables = variablesOf(state);
  if (isForManyClusters(state)) {
    const stay = variables.length === 0 ? null : variables.map(markdownCode).join(', ');
    return { byCall, isOneWay, isDirect, known, isAlone: true, stay };
  }
  return variables.length === 0 ? null : { known: null, variables: variables.map(markdownCode).join(', ') };
};

/** `made`: the cluster in the module. */
const inTable = (call: NumberedCall, made: string): object => {
  const { address, place, cluster, starts } = call;
  const by = place.roots ? ` of ${markdownCode(place.label)}` : '';
  const fill = wordsForGaps(starts, call).map(({ gap, words }) => `; ${markdownCode(gap)} is ${markdownText(words)}`);
  return {
    call: `${markdownCode(address)}${by}`,
    root: rootsOf(call).map(markdownCode).join(', '),
    cluster: markdownText(cluster ?? 'not told by the source'),
    address: `${starts.map(start => markdownCode(`${start}${made}`)).join(', ')}${fill.join('')}`,
  };
};

/** The variables in which rows come that only a plan knows, where the module seems to be called by others. */
const variablesOf = ({ source: { module }, transformed }: State): readonly string[] =>
  seemsCalled(module)
    ? [
        ...new Set(
          transformed
            .flatMap(({ planned }) => planned?.lists ?? [])
            .flatMap(({ references }) => references)
            .flatMap(({ path: [root, name = ''] }) => (root === 'var' ? [name] : [])),
        ),
      ]
    : [];
