import { diagnose } from '../../../diagnostics/index.ts';
import { constraintsAgainst } from '../../../terraform/index.ts';
import { involvedClusters } from '../../involved.ts';
import type { SourceGate } from '../../phase.ts';

/** Resources came with 5.33.0, the arguments `type` and `user_name` with 5.34.0. Source: terraform-provider-aws, CHANGELOG.md. */
const floor = '>= 5.34.0';

/** Where entries stand beside the module, its own demands on the provider do not say that it knows them. */
export const provider: SourceGate = state => {
  const own = new Set(involvedClusters(state).filter(({ standalone }) => standalone));
  const hasEntries = state.transformed.some(
    ({ cluster, entries, planned }) => cluster && own.has(cluster) && (entries.length > 0 || planned !== undefined),
  );
  if (!hasEntries) return [];
  return constraintsAgainst(state.source.module, 'aws', floor).map(({ text, range }) =>
    diagnose('TAE260', { constraint: text }, range),
  );
};
