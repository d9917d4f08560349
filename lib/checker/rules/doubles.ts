import { diagnose } from '../../diagnostics/index.ts';
import { keyOfPrincipal } from '../../eks/arn.ts';
import { identityOf, readItems, type Identity } from '../../parser/index.ts';
import { clustersOf, effectiveEntries, entriesOfCluster, type CheckRule, type NamedEntry } from '../entries.ts';

/** A principal has one entry. Source: EKS API reference, CreateAccessEntry; terraform-aws-modules/eks issue 2968. */
export const oneEntryEach: CheckRule = state =>
  clustersOf(state).flatMap(cluster => {
    const first = new Map<string, NamedEntry>();
    return effectiveEntries(entriesOfCluster(state, cluster)).flatMap(entry => {
      const field = entry.written.principal;
      const name = field && nameOf(identityOf({ ...field, ...field.meaning }, entry.module));
      if (!field || name === undefined) return [];
      const other = first.get(name);
      if (!other) {
        first.set(name, entry);
        return [];
      }
      const principal =
        field.value.kind === 'string' && !field.value.parts.includes(undefined)
          ? field.value.parts.join('')
          : field.source;
      const related = [{ message: 'the other entry', range: other.written.range }];
      return [diagnose('TAE718', { entry: entry.name, other: other.name, principal }, field.range, related)];
    });
  });

/** Equal for equal principals. What is another in each instance says nothing. */
const nameOf = (identity: Identity): string | undefined => {
  if (identity.kind === 'arn') return keyOfPrincipal(identity.arn);
  if (identity.kind === 'sso-role') return `role ${identity.name.toLowerCase()}`;
  return /\b(each|count)\./.test(identity.text) ? undefined : identity.text;
};

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
