import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { findRelease } from '../../eks/index.ts';
import { entryType, readItems, type Cluster } from '../../parser/index.ts';
import {
  admits,
  compareVersions,
  parseConstraint,
  providerConstraints,
  writtenConstraints,
} from '../../terraform/index.ts';
import { clustersOf, entriesOf, type CheckRule, type NamedEntry } from '../entries.ts';

type Fault = {
  readonly from: string;
  readonly to: string;
  readonly meets: (entry: NamedEntry) => boolean;
  readonly has: string;
  readonly effect: string;
  readonly fixed: string;
};

/** Those of older releases stop the first phase whatever the entries are. */
const faults: readonly Fault[] = [
  {
    from: '20.31.0',
    to: '20.33.0',
    meets: entry => entryType(entry.written) === 'EC2' && readItems(entry.written.keyed).length > 0,
    has: 'is of the type EC2 and has a policy',
    effect: 'the plan fails with "Unsupported attribute"',
    fixed: 'Move to 20.33.1 or newer.',
  },
  {
    from: '21.0.0',
    to: '21.0.6',
    meets: ({ written }) => written.keyed.kind === 'absent',
    has: 'has no map as policy_associations',
    effect: 'the plan fails with "Iteration over null value"',
    fixed: 'Write policy_associations = {}, or move to 21.0.7 or newer.',
  },
];

/**
 * Releases that fail on some entries only. Source: terraform-aws-modules/eks, CHANGELOG.md (20.33.1 and 21.0.7), and main.tf at the
 * tags v20.31.0 to v20.33.1 and v21.0.0 to v21.0.7.
 */
export const releaseFaults: CheckRule = state =>
  entriesOf(state)
    .filter(({ written }) => written.form === 'argument')
    .flatMap(entry => faults.flatMap(fault => met(entry, fault)));

const met = (entry: NamedEntry, { from, to, meets, ...words }: Fault): readonly Diagnostic[] => {
  const { address, version: settled } = entry.cluster;
  if (settled.kind === 'unknown' || !meets(entry)) return [];
  if (compareVersions(settled.version, from) < 0 || compareVersions(settled.version, to) > 0) return [];
  const args = { entry: entry.name, call: address, version: settled.version, ...words };
  return [diagnose('TAE730', args, entry.written.range)];
};

/** Releases with access entries before the repair. Source: terraform-provider-aws, CHANGELOG.md (5.33.0 to 5.42.0). */
const faulty = ['5.33.0', '5.34.0', '5.35.0', '5.36.0', '5.37.0', '5.38.0', '5.39.0', '5.40.0', '5.41.0'];

/**
 * The provider left out what an update did not change, and the API takes what is left out for a reset. The floor of the module may
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

/** Whether the constraint of the module admits the release. */
const allows = ({ version }: Cluster, release: string): boolean => {
  const known = version.kind === 'unknown' ? undefined : findRelease(version.version);
  const parsed = known && parseConstraint(known.aws);
  return !parsed || admits(parsed, release, 'provider');
};
