import { diagnose } from '../../diagnostics/index.ts';
import { findRelease } from '../../eks/index.ts';
import type { Cluster } from '../../parser/index.ts';
import { admits, parseConstraint, providerConstraints, writtenConstraints } from '../../terraform/index.ts';
import { clustersOf } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/** Releases with access entries before the repair. Source: terraform-provider-aws, CHANGELOG.md (5.33.0 to 5.42.0). */
const faulty = ['5.33.0', '5.34.0', '5.35.0', '5.36.0', '5.37.0', '5.38.0', '5.39.0', '5.40.0', '5.41.0'];

/**
 * The provider left out what an update did not change, and the API takes what is left out for a reset. The module's own floor may
 * rule these releases out. Source: terraform-provider-aws pull request 36484, in 5.42.0.
 */
export const providerFloor: CheckRule = state => {
  const clusters = clustersOf(state).filter(
    ({ existing, creatorAdmin }) => existing.entries.length > 0 || creatorAdmin === 'on',
  );
  if (clusters.length === 0) return [];
  return writtenConstraints(providerConstraints(state.source.module, 'aws'))
    .filter(({ constraint }) =>
      faulty.some(
        release => admits(constraint, release, 'provider') && clusters.every(cluster => allows(cluster, release)),
      ),
    )
    .map(({ text, range }) => diagnose('TAE738', { constraint: text }, range));
};

/** Whether the module's own constraint admits the release. */
const allows = ({ version }: Cluster, release: string): boolean => {
  const known = version.kind === 'unknown' ? undefined : findRelease(version.version);
  const parsed = known && parseConstraint(known.aws);
  return !parsed || admits(parsed, release, 'provider');
};
