import { entryFlag } from '../../eks/node-group-forms.ts';
import { rowArguments, type Placed } from './phase-variable.ts';

/**
 * Whether phases write this argument. The same form anywhere else is its author's: folded, it would say something else than it does for an
 * environment that has come further.
 */
export const isPlaceOfOurs = ({ argument: { name }, block: { type, labels } }: Placed): boolean =>
  type === 'module'
    ? ourArguments.has(name) || rowArguments.has(name)
    : type === 'resource' && ourResources[labels[0] ?? ''] === name;

const ourArguments: ReadonlySet<string> = new Set([
  'authentication_mode',
  'access_entries',
  'enable_cluster_creator_admin_permissions',
  entryFlag,
  'create_aws_auth_configmap',
  'manage_aws_auth_configmap',
]);

/** By type of a resource the argument that is under the variable. */
const ourResources: Readonly<Record<string, string>> = {
  aws_eks_cluster: 'authentication_mode',
  aws_eks_access_entry: 'count',
  aws_eks_access_policy_association: 'count',
};
