import { diagnose } from '../../diagnostics/index.ts';
import { modeIsApi } from '../../parser/index.ts';
import { eachOpen } from '../context.ts';
import { end } from '../draft.ts';

/**
 * In mode API the ConfigMap is ignored: a row grants nothing, unless an entry grants it.
 * Source: EKS user guide, setting-up-access-entries.
 */
export const apiMode = eachOpen((draft, { cluster }) => {
  if (!modeIsApi(cluster) || draft.existing) return draft;
  return end(
    draft,
    'dropped',
    'the mode is API, so aws-auth is ignored',
    diagnose('TAE411', { principal: draft.name }, draft.row.origin),
  );
});
