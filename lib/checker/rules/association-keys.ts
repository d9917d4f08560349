import { diagnose } from '../../diagnostics/index.ts';
import { readItems } from '../../parser/index.ts';
import { effectiveEntries, clustersOf, entriesOfCluster } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/**
 * The module keys an association by entry and policy, joined with "_", so that `a` and `b_c` are `a_b` and `c`. The creator flag
 * adds `cluster_creator` and `admin`.
 * Source: terraform-aws-modules/eks, main.tf (aws_eks_access_policy_association.this) at every version 20 and 21.
 */
export const associationKeys: CheckRule = state =>
  clustersOf(state).flatMap(cluster => {
    const first = new Map<string, string>();
    const entries = effectiveEntries(entriesOfCluster(state, cluster)).filter(
      ({ written }) => written.form === 'argument',
    );
    if (cluster.creatorAdmin === 'on' && !entries.some(({ written }) => written.key === 'cluster_creator')) {
      first.set('cluster_creator_admin', `enable_cluster_creator_admin_permissions of ${cluster.address}`);
    }
    return entries.flatMap(({ name, written }) =>
      readItems(written.keyed).flatMap(association => {
        const key = `${written.key}_${association.key}`;
        const place = `${association.key} in ${name}`;
        const other = first.get(key);
        first.set(key, other ?? place);
        // Two equal keys of one object are one to Terraform: the last counts.
        if (other === undefined || other === place) return [];
        return [diagnose('TAE719', { first: other, second: place, key }, association.range)];
      }),
    );
  });
