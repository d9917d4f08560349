import { diagnose } from '../../diagnostics/index.ts';
import { eachOpen, names } from '../context.ts';
import { end } from '../draft.ts';
import { grantedLive, removerOf } from './live.ts';

/** What a person decided to drop by name is dropped before anything else is said about it, but for what the ConfigMap gives it. */
export const configDrop = eachOpen((draft, context) => {
  const decision = context.config.drop?.find(({ principal }) => names(draft, principal));
  if (!decision) return draft;
  const { reason } = decision;
  const live = grantedLive(draft, context);
  return end(
    { ...draft, isDroppedByConfig: true },
    'dropped',
    reason,
    diagnose('TAE416', { principal: draft.name, reason, live, remover: removerOf(draft, context) }, draft.row.origin),
  );
});
