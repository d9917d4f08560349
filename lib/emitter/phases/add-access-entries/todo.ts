import { isCalled, isInSource, type ClusterInSource } from '../../../parser/index.ts';
import type { AccessEntry, Planned, RowOutcome, Transformed } from '../../../transformer/index.ts';
import { involvedClusters } from '../../involved.ts';
import type { State } from '../../phase.ts';
import type { PrintedEntry } from '../../print-entry.ts';
import { stopsPhase, type Code } from '../../../diagnostics/index.ts';

/** What a cluster lacks. */
export type Todo = {
  readonly cluster: ClusterInSource;
  readonly entries: readonly PrintedEntry[];
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
        entries: transformed.flatMap(({ entries, outcomes }) => entries.map(entry => printed(state, entry, outcomes))),
        planned: transformed.flatMap(({ planned }) => (planned && !planned.isWritten ? [planned] : [])),
        creatorAdmin: state.options.clusterCreatorAdmin === true && cluster.creatorAdmin === 'off' && isCalled(cluster),
      };
    })
    .filter(({ entries, planned, creatorAdmin }) => entries.length > 0 || planned.length > 0 || creatorAdmin);

/** What is said behind a group stays with the groups, and the other comments of the row stand above its entry. */
const printed = ({ source }: State, entry: AccessEntry, outcomes: readonly RowOutcome[]): PrintedEntry => {
  const row = outcomes.find(outcome => outcome.entry === entry)?.row;
  const file = source.module.files.find(one => one.file === row?.origin.file);
  // A `for` that is expanded has no place of its own for the groups.
  const range = row?.groups?.range.start === row?.origin.start ? undefined : row?.groups?.range;
  const inside = (file?.comments ?? [])
    .filter(comment => range && range.start <= comment.range.start && comment.range.end <= range.end)
    .map(({ text }) => text);
  return {
    ...entry,
    comments: entry.comments.filter(text => !inside.includes(text)),
    groupComments: entry.comments.filter(text => inside.includes(text)),
  };
};

/** The codes of blocked rows and lists where nothing at all is converted: then there is no entry to write. */
export const codesOfBlocked = ({ transformed, options }: State): readonly Code[] => {
  const ends = transformed.flatMap(({ outcomes, lists }) => [...outcomes, ...lists]);
  const isEmpty = !ends.some(({ disposition }) => disposition === 'converted') && !options.clusterCreatorAdmin;
  return isEmpty ? [...new Set(transformed.flatMap(blockedBy))] : [];
};

const blockedBy = ({ cluster, outcomes, lists, diagnostics }: Transformed): readonly Code[] => {
  const blocked = outcomes.filter(({ disposition }) => disposition === 'blocked');
  if (blocked.length === 0 && !lists.some(({ disposition }) => disposition === 'blocked')) return [];
  if (!cluster) return ['TAE204'];
  return [...blocked.flatMap(outcome => outcome.diagnostics), ...diagnostics]
    .map(({ code }) => code)
    .filter(code => stopsPhase(code, 'remove-aws-auth'));
};
