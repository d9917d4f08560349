import { markdownCode, markdownText } from '../../escape/markdown.ts';
import { isCalled, type NumberedCall } from '../../parser/index.ts';
import { seemsCalled } from '../../terraform/index.ts';
import { addressIn, callsOf, isForManyClusters } from '../callers/calls.ts';
import { involvedClusters } from '../involved.ts';
import type { State } from '../phase.ts';

/** What MIGRATION.md says to those who apply the module by their calls: the callers in sight, or whoever calls it elsewhere. */
export const callersSection = (state: State, byCall: boolean): object | null => {
  const calls = callsOf(state);
  const isOneWay = state.options.wayToModule !== undefined;
  if (calls.length > 0 && state.handed && state.handed.lists.length > 0)
    return {
      byCall,
      isOneWay,
      known: calls.map(({ cluster }) => ({
        call: markdownCode(cluster.address),
        root: markdownCode(cluster.wrapper?.caller ?? '.'),
        cluster: markdownText(cluster.name ?? 'not told by the source'),
        address: markdownCode(addressIn(cluster, cluster.wrapper?.call ?? '')),
      })),
    };
  const variables = variablesOf(state);
  if (isForManyClusters(state)) {
    const made = involvedClusters(state).find(isCalled)?.address ?? '';
    const stay = variables.length === 0 ? null : variables.map(markdownCode).join(', ');
    return { byCall, isOneWay, known: (state.calls ?? []).map(call => inTable(call, made)), isAlone: true, stay };
  }
  return variables.length === 0 ? null : { known: null, variables: variables.map(markdownCode).join(', ') };
};

/** `made`: the cluster in the module. */
const inTable = ({ address, place: { label }, cluster, prefix }: NumberedCall, made: string): object => ({
  call: markdownCode(address),
  root: markdownCode(label),
  cluster: markdownText(cluster ?? 'not told by the source'),
  address: prefix === undefined ? 'not told by the source' : markdownCode(`${prefix}${made}`),
});

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
