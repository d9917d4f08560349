import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { parsePrincipalArn, samePrincipal } from '../../../eks/index.ts';
import { headerOf, isCalled } from '../../../parser/index.ts';
import { involvedClusters } from '../../involved.ts';
import type { SourceGate, State } from '../../phase.ts';

/**
 * `enable_cluster_creator_admin_permissions` makes an entry for whoever runs Terraform, which EKS may have made already.
 * Source: terraform-aws-modules/eks issues 2933 and 2968.
 */
export const creatorAdmin: SourceGate = state => {
  const { snapshot, runner, clusterCreatorAdmin } = state.options;
  if (!clusterCreatorAdmin) return runner === undefined ? flagged(state) : [];
  const involved = involvedClusters(state);
  const impossible = involved.filter(cluster => !isCalled(cluster));
  if (impossible.length > 0)
    return impossible.map(cluster => diagnose('TAE243', { cluster: cluster.address }, headerOf(cluster)));
  const asked = involved.filter(({ creatorAdmin: own }) => own === 'off');
  const arn = runner === undefined ? undefined : parsePrincipalArn(runner);
  if (!snapshot || !arn) return asked.map(cluster => diagnose('TAE214', { call: cluster.address }, headerOf(cluster)));
  const live = snapshot.entries.some(({ principalArn }) => {
    const own = parsePrincipalArn(principalArn);
    return own !== undefined && samePrincipal(own, arn);
  });
  return live ? asked.map(cluster => diagnose('TAE215', { runner: runner ?? '' }, headerOf(cluster))) : [];
};

/** The flag stands in the source, and who runs Terraform is not known. */
const flagged = (state: State): readonly Diagnostic[] =>
  involvedClusters(state)
    .filter(cluster => cluster.creatorAdmin !== 'off')
    .filter(cluster => state.transformed.some(own => own.cluster === cluster && own.entries.length > 0))
    .map(cluster => diagnose('TAE223', { call: cluster.address }, headerOf(cluster)));
