import { karpenterNodes } from '../../../eks/node-group-forms.ts';
import { groupOfCall, nodeOwnerOf, type ModuleCall, type Source } from '../../../parser/index.ts';
import type { Split } from '../../splits.ts';

/**
 * Whether Karpenter is given the role of nodes whose access entry somebody else makes: EKS, or the module for another group. A
 * second entry for one role is refused. Source: README of modules/karpenter of terraform-aws-modules/eks 20 (`create_access_entry`).
 */
export const sharesRole = ({ module, installed }: Source, call: ModuleCall, clusters: readonly Split[]): boolean => {
  const role = groupOfCall(module, call, karpenterNodes)?.role;
  return (
    role !== undefined &&
    clusters.some(({ cluster }) => {
      const owner = nodeOwnerOf(module, cluster, role, installed);
      return owner.kind === 'eks' || (owner.kind === 'module' && owner.call.address !== call.address);
    })
  );
};
