import { attribute } from '../../../hcl/index.ts';
import {
  isCalled,
  isInlineRelease,
  isPinned,
  repetitionOf,
  versionOf,
  type Cluster,
  type ModuleCall,
} from '../../../parser/index.ts';
import type { State } from '../../phase.ts';

/**
 * HCL of the node roles of Karpenter calls, whose entries the module makes from version 20 on. With several clusters it is not known
 * whose they are. They wait for the cluster, so that they are for what stands beside it.
 * Source: terraform-aws-modules/eks 20, modules/karpenter/main.tf.
 */
export const karpenterRoles = ({ source }: State, cluster: Cluster): readonly string[] =>
  source.clusters.length > 1 || !isCalled(cluster)
    ? []
    : source.calls
        .filter(call => call.source.submodule === 'modules/karpenter' && makesEntry(call, source.installed))
        .flatMap(call => {
          const repetition = repetitionOf(call);
          if (repetition.kind === 'many') return [];
          return repetition.kind === 'when'
            ? [`try(${call.address}[0].node_iam_role_arn, "")`]
            : [`${call.address}.node_iam_role_arn`];
        });

const makesEntry = (call: ModuleCall, installed: ReadonlyMap<string, string>): boolean => {
  const flag = attribute(call.block.body, 'create_access_entry')?.value;
  const version = versionOf(call, { installed, stated: undefined });
  return (
    !isInlineRelease({ version }) && (!flag || (flag.kind === 'bool' && (flag.value || isPinned(call.block.in, flag))))
  );
};
