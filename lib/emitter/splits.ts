import { karpenterNodes } from '../eks/node-group-forms.ts';
import {
  groupOfCall,
  nodeOwnerOf,
  type Source,
  isCalled,
  isInline,
  isInlineRelease,
  staysPut,
  versionOf,
  type CalledCluster,
  type Mapping,
  type ModuleCall,
} from '../parser/index.ts';
import { blocksOf, isBefore, type RootModule } from '../terraform/index.ts';
import type { State } from './phase.ts';

/** An eks call before version 20 and the aws-auth rows in it, which are to go into a call of their own. */
export type Split = { readonly cluster: CalledCluster; readonly mapping: Mapping };

export const splits = ({ source }: Pick<State, 'source'>): readonly Split[] =>
  source.pairs.flatMap(pair => {
    const { cluster, mapping } = pair;
    return isInline(pair) && isCalled(cluster) && isInlineRelease(cluster) && !staysPut(cluster)
      ? [{ cluster, mapping }]
      : [];
  });

/** The calls of submodules at version 19. Older ones stay as they are: they have a release of their own. */
export const submoduleCalls = ({ source }: State): readonly { readonly call: ModuleCall; readonly from: string }[] =>
  source.calls.flatMap(call => {
    if (call.source.submodule === undefined) return [];
    const version = versionOf(call, { installed: source.installed, stated: undefined });
    if (version.kind === 'unknown' || !isInlineRelease({ version }) || isBefore(version, '19.0.0')) return [];
    return [{ call, from: version.version }];
  });

/** A label that no module call has: `eks_aws_auth` of `module.eks`. */
export const labelFor = (module: RootModule, { cluster }: Split): string => {
  const taken = new Set(blocksOf(module, 'module').map(({ labels }) => labels[0]));
  const base = `${cluster.label}_aws_auth`;
  let label = base;
  for (let suffix = 2; taken.has(label); suffix++) label = `${base}_${suffix}`;
  return label;
};

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
