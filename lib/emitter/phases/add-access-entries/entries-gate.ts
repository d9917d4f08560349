import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { keyOfPrincipal } from '../../../eks/arn.ts';
import { maxAccessEntries, parsePrincipalArn, principalKey } from '../../../eks/index.ts';
import { headerOf, isCalled, snapshotOf } from '../../../parser/index.ts';
import { involvedClusters } from '../../involved.ts';
import type { SourceGate, State } from '../../phase.ts';
import { constraintsAgainst } from '../../../terraform/index.ts';

/**
 * `enable_cluster_creator_admin_permissions` makes an entry for whoever runs Terraform, which EKS may have made already.
 * Source: terraform-aws-modules/eks issues 2933 and 2968.
 */
export const creatorFlag: SourceGate = state => {
  const { options, source } = state;
  const { runner, clusterCreatorAdmin } = options;
  if (!clusterCreatorAdmin) return runner === undefined ? flagged(state) : [];
  const involved = involvedClusters(state);
  const impossible = involved.filter(cluster => !isCalled(cluster));
  if (impossible.length > 0)
    return impossible.map(cluster => diagnose('TAE243', { cluster: cluster.address }, headerOf(cluster)));
  const asked = involved.filter(({ creatorAdmin: flag }) => flag === 'off');
  const arn = runner === undefined ? undefined : parsePrincipalArn(runner);
  return asked.flatMap(cluster => {
    const snapshot = snapshotOf({ ...options, source, cluster });
    if (!snapshot || !arn) return [diagnose('TAE214', { call: cluster.address }, headerOf(cluster))];
    const live = snapshot.entries.some(({ principalArn }) => principalKey(principalArn) === keyOfPrincipal(arn));
    return live ? [diagnose('TAE215', { runner: runner ?? '' }, headerOf(cluster))] : [];
  });
};

/** The flag stands in the source, and who runs Terraform is not known. */
const flagged = (state: State): readonly Diagnostic[] =>
  involvedClusters(state)
    .filter(cluster => cluster.creatorAdmin !== 'off')
    .filter(cluster => state.transformed.some(mapping => mapping.cluster === cluster && mapping.entries.length > 0))
    .map(cluster => diagnose('TAE223', { call: cluster.address }, headerOf(cluster)));

/** Resources came with 5.33.0, the arguments `type` and `user_name` with 5.34.0. Source: terraform-provider-aws, CHANGELOG.md. */
const floor = '>= 5.34.0';

/** Where entries stand beside the module, its own demands on the provider do not say that it knows them. */
export const provider: SourceGate = state => {
  const alone = new Set(involvedClusters(state).filter(({ standalone }) => standalone));
  const hasEntries = state.transformed.some(
    ({ cluster, entries, planned }) => cluster && alone.has(cluster) && (entries.length > 0 || planned !== undefined),
  );
  if (!hasEntries) return [];
  return constraintsAgainst(state.source.module, 'aws', floor).map(({ text, range }) =>
    diagnose('TAE260', { constraint: text }, range),
  );
};

/** The quota of entries, and entries of the source that cannot be read. */
export const quota: SourceGate = state =>
  involvedClusters(state).flatMap(cluster => {
    const { address, existing } = cluster;
    const at = headerOf(cluster);
    const added = state.transformed
      .filter(({ cluster: other }) => other === cluster)
      .flatMap(mapping => mapping.entries);
    const count = added.length + existing.entries.length;
    return [
      ...(count > maxAccessEntries ? [diagnose('TAE213', { count }, at)] : []),
      ...(added.length > 0 ? existing.unread : []).map(range => diagnose('TAE221', { call: address }, range)),
    ];
  });
