import { attribute } from '../../../hcl/index.ts';
import { fieldOf, nodeOwnerOf, type ModuleCall, type Source } from '../../../parser/index.ts';
import type { Split } from '../../splits.ts';

/**
 * Whether Karpenter is given the role of nodes whose access entry somebody else makes: EKS, or the module for another group. A
 * second entry for one role is refused. Source: README of modules/karpenter of terraform-aws-modules/eks 20 (`create_access_entry`).
 */
export const sharesRole = (
  { module, installed }: Source,
  { source, block, address }: ModuleCall,
  clusters: readonly Split[],
): boolean => {
  // Of version 19: `node_iam_role_arn` is the name in version 20.
  const given = source.submodule === 'modules/karpenter' ? attribute(block.body, 'iam_role_arn') : undefined;
  if (!given) return false;
  const role = fieldOf(module, given.value, block.in);
  return clusters.some(({ cluster }) => {
    const owner = nodeOwnerOf(module, cluster, role, installed);
    return owner.kind === 'eks' || (owner.kind === 'module' && !owner.words.includes(`(${address})`));
  });
};
