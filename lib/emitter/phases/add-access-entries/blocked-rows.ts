import { stopsPhase, type Code } from '../../../diagnostics/index.ts';
import type { Transformed } from '../../../transformer/index.ts';
import type { State } from '../../phase.ts';

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
