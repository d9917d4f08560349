import { diagnose } from '../../diagnostics/index.ts';
import type { Context, Rule } from '../context.ts';
import { block, isOpen, type Draft } from '../draft.ts';
import { formOf } from '../form.ts';

/**
 * Rows of one principal under different conditions stand or fall together: an entry of one would override the row of the other.
 * As standalone resources they cannot stand at all, since two of them would be two entries of one principal.
 * Source: EKS user guide, migrating-access-entries (an entry overrides the rows of its principal).
 */
export const alternatives: Rule = (drafts, context) =>
  drafts.map(draft => {
    if (draft.alternativeOf === undefined) return draft;
    const obstacle = obstacleOf(
      drafts.filter(({ alternativeOf }) => alternativeOf === draft.alternativeOf),
      context,
    );
    if (obstacle === undefined) return draft;
    // There is no entry of which it says that it has their key.
    const unsaid = { ...draft, diagnostics: draft.diagnostics.filter(({ code }) => code !== 'TAE419') };
    return isOpen(draft)
      ? block(unsaid, diagnose('TAE323', { principal: draft.name, obstacle }, draft.row.origin))
      : unsaid;
  });

const obstacleOf = (group: readonly Draft[], { cluster }: Context): 'blocked' | 'resource' | undefined => {
  if (group.some(({ outcome }) => outcome?.disposition === 'blocked')) return 'blocked';
  return group.some(draft => formOf(draft, cluster) === 'resource') ? 'resource' : undefined;
};
