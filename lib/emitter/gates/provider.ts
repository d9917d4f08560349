import { diagnose } from '../../diagnostics/index.ts';
import { stringValue } from '../../hcl/index.ts';
import { overlap, parseConstraint, providerConstraints } from '../../terraform/index.ts';
import { involvedClusters } from '../involved.ts';
import type { SourceGate } from './gate.ts';

/** Resources came with 5.33.0, the arguments `type` and `user_name` with 5.34.0. Source: terraform-provider-aws, CHANGELOG.md. */
const floor = { text: '>= 5.34.0', conditions: parseConstraint('>= 5.34.0')?.conditions ?? [] };

/** Where entries stand beside the module, its own demands on the provider do not say that it knows them. */
export const provider: SourceGate = state => {
  const own = new Set(involvedClusters(state).filter(({ standalone }) => standalone));
  const hasEntries = state.transformed.some(
    ({ cluster, entries, planned }) => cluster && own.has(cluster) && (entries.length > 0 || planned !== undefined),
  );
  if (!hasEntries) return [];
  return providerConstraints(state.source.module, 'aws').flatMap(expression => {
    const text = stringValue(expression);
    const parsed = text === undefined ? undefined : parseConstraint(text);
    if (text === undefined || !parsed || overlap([floor, parsed], 'provider')) return [];
    return [diagnose('TAE260', { constraint: text }, expression.range)];
  });
};
