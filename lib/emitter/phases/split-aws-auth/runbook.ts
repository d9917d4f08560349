import { markdownCode } from '../../../escape/markdown.ts';
import { shellQuote } from '../../../escape/shell.ts';
import { karpenterNodes, managedGroups, selfManagedGroups } from '../../../eks/node-group-forms.ts';
import type { LiveGate, PhaseRunbook, State } from '../../phase.ts';
import { planWithoutHost } from '../../gates/deferred.ts';
import { hasAddons, lateAddons } from '../../gates/late-values.ts';
import { splits } from '../../splits.ts';
import type { Move } from './moved.ts';
import type { NamedCluster } from '../../runbook/live-gate.ts';
import { backUpConfigMaps, modeGate } from '../../runbook/live-gates.ts';
import { clustersOrOne, namedClusters } from '../../runbook/named-clusters.ts';

/**
 * Phase 0. The plan shows more than moves, since version 20 changes other things too; what touches access, or replaces something,
 * is named here. Source: terraform-aws-modules/eks, the tags v19.21.0 to v20.37.2.
 */
export const splitAwsAuthRunbook = (state: State, moves: readonly Move[]): PhaseRunbook => {
  const karpenter = state.source.calls.some(({ source }) => source.submodule === karpenterNodes.submodule);
  const calls = splits(state).map(({ cluster }) => cluster.call);
  const addons = calls.some(call => hasAddons(state.source.module, call));
  const hasGroups = ({ argument }: { readonly argument: string }): boolean =>
    splits(state).some(({ mapping }) => mapping.added.some(added => added.argument === argument));
  const selfManaged = hasGroups(selfManagedGroups);
  const withoutHost = planWithoutHost(state, 'cluster');
  return {
    ...withoutHost,
    init: 'terraform init -upgrade',
    liveGates: [
      {
        what: 'The current source has been applied: any change would be mixed with this phase',
        check: ['no_changes'],
        expect: 'No changes',
      },
      ...backUpConfigMaps(state, ''),
      ...(karpenter ? clustersOrOne(state).map(karpenterGate) : []),
      ...namedClusters(state).map((on): LiveGate => ({
        ...modeGate(on, 'CONFIG_MAP'),
        check: ['mode_may_stay'],
        expect:
          'CONFIG_MAP, or API_AND_CONFIG_MAP where somebody has set it already: then write that in place of CONFIG_MAP',
      })),
      ...withoutHost.liveGates,
    ],
    plan: [
      ...moves.map(
        ({ from, to }) => `${markdownCode(from)}, where it exists: moved to ${markdownCode(to)}, and not changed`,
      ),
      'aws_eks_cluster.this[0]: updated in place at most (a tag), never replaced; its mode stays',
      'aws_iam_role, aws_kms_key, aws_iam_openid_connect_provider: updated in place (a tag, trust policies, the thumbprint)',
      ...(addons ? ['aws_eks_addon: updated in place (preserve, and resolve_conflicts under other names)'] : []),
      ...lateAddons(state, calls),
      'aws_iam_role_policy_attachment: moved. Where one is destroyed, as in the partitions aws-cn and aws-us-gov, do not apply: nodes could lose their policies',
      ...(karpenter
        ? [
            'aws_iam_policy.controller (moved from irsa) and aws_sqs_queue_policy.this of karpenter: updated in place, since both policies are written by the release of the module',
          ]
        : []),
      'time_sleep replaced, null_resource.validate_cluster_service_cidr created: neither makes anything in AWS',
      ...(selfManaged
        ? [
            'aws_launch_template of self-managed groups: updated in place (user data, and the image where no ami_id is written: version 20 looks it up in another place). The group then replaces its nodes, by default up to a third of them at a time, unless its instance_refresh is {}',
          ]
        : []),
      ...(hasGroups(managedGroups)
        ? [
            'aws_launch_template and aws_eks_node_group of managed groups with enable_bootstrap_user_data or other user data: may be updated in place (user data; with an ami_type of AL2023 pre_bootstrap_user_data goes). EKS then replaces the nodes of the group',
          ]
        : []),
      'no aws_eks_access_entry, nothing else destroyed or replaced',
    ],
    verify: [
      ...clustersOrOne(state).map((on): LiveGate => ({
        what: 'The ConfigMap is as it was',
        check: ['config_map_is', on.backup],
        expect: 'the rows of the copy, those of the nodes among them',
        on,
      })),
      {
        what: 'The state has nothing of aws-auth in the old call',
        check: ['in_state', 'no', ...moves.map(({ from }) => from)],
        expect: 'addresses of the new call alone',
      },
    ],
    back: [
      'Before the apply: put the files back and run `terraform init -upgrade`.',
      'After it: put the files back, run `terraform init -upgrade`, and move the objects back in the state, those of them that exist. In OpenTofu `tofu` stands for `terraform`. Plan before you apply: the policy attachments of node roles have other addresses in version 19. First move in the state, in the same way, those that the plan would destroy and create, or a role can lose its policies.',
    ],
    backCommands: moves.map(({ from, to }) => `terraform state mv ${shellQuote(to)} ${shellQuote(from)}`),
    permissions: [
      'those that an apply of the module needs today',
      'eks:TagResource',
      'iam:UpdateAssumeRolePolicy',
      ...(selfManaged ? ['ssm:GetParameter'] : []),
    ],
  };
};

/** The policy of the controller is that of Karpenter 0.32 and newer. Source: modules/karpenter/policy.tf of version 20. */
const karpenterGate = (on: NamedCluster): LiveGate => ({
  what: 'Karpenter is 0.32 or newer. Version 20 gives its controller a policy for NodePools; with an older one it can start no nodes any more',
  check: ['karpenter_is', '0', '32'],
  expect: '0.32 or newer',
  on,
});
