import { clusterAdminPolicy, mastersGroup } from '../eks/index.ts';
import { knownString } from '../terraform/index.ts';
import type { PolicyAssociation, RowOutcome } from './entry.ts';

/** AmazonEKSClusterAdminPolicy for the whole cluster, which is what system:masters becomes. */
export const isClusterAdmin = ({ policyName, scope }: PolicyAssociation): boolean =>
  policyName === clusterAdminPolicy && scope === 'cluster';

/**
 * Whether a row has the group system:masters and its principal moves to an entry, which has the policy in its place. Who gets other
 * policies by the config gives the group up.
 */
export const leavesMasters = ({ row, disposition, grants }: RowOutcome): boolean => {
  const groups = row.groups?.value.kind === 'list' ? row.groups.value.items.map(knownString) : [];
  const isAdmin = grants.policies.some(isClusterAdmin);
  return disposition !== 'dropped' && disposition !== 'blocked' && isAdmin && groups.includes(mastersGroup);
};
