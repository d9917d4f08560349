import type { LiveGate, PhaseRunbook, State } from '../../phase.ts';
import { modeGate } from '../../runbook/live-gates.ts';
import { clustersOrOne, namedClusters } from '../../runbook/named-clusters.ts';
import { hasAddons, isOff, lateAddons, lateThumbprint } from '../../gates/late-values.ts';
import { callsOf } from './calls.ts';
import { detachesPodPolicy } from './root-call.ts';

const guide = 'https://github.com/terraform-aws-modules/terraform-aws-eks/blob/master/docs/UPGRADE-21.0.md';
const providerGuide =
  'https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/guides/version-6-upgrade.html.markdown';

/**
 * What a call of the root shows besides. Source: main.tf and node_groups.tf of terraform-aws-modules/eks at v20.37.2, v21.7.0 and
 * v21.19.0.
 */
const clusterPlan = (state: State): readonly string[] => {
  const calls = callsOf(state)
    .filter(({ call, at }) => at === 'open' && call.source.submodule === undefined)
    .map(({ call }) => call);
  return [
    ...lateThumbprint(calls),
    ...(calls.some(call => hasAddons(state.source.module, call))
      ? ['aws_eks_addon: updated in place, resolve_conflicts_on_create becomes "NONE", which only a new add-on reads']
      : []),
    ...lateAddons(state, calls),
    ...(calls.some(call => !isOff(call, 'node_security_group_enable_recommended_rules'))
      ? ['aws_security_group_rule.node["ingress_cluster_10251_webhook"] created by version 21.7 or newer']
      : []),
  ];
};

export const upgradeRunbook = (state: State): PhaseRunbook => ({
  // terraform-aws-modules/eks 21 takes hashicorp/aws 6.
  init: 'terraform init -upgrade',
  liveGates: [
    {
      what: 'What is in the source is applied, so that what the plan shows comes from the upgrade',
      check: ['no_changes'],
      expect: 'No changes',
    },
    {
      what: `Version 21 needs version 6 of the aws provider, for the whole root module. Its upgrade guide is read: ${providerGuide}`,
      expect: 'nothing in this root module uses what version 6 of the provider has removed',
    },
    {
      what: `The upgrade guide of the module is read: ${guide}`,
      expect: 'the findings above that name this phase are settled',
    },
    ...(hasKarpenter(state)
      ? clustersOrOne(state).map((on): LiveGate => ({
          what: 'Karpenter is 1.0 or newer: the policy of the controller is the one for 1.0',
          check: ['karpenter_is', '1', '0'],
          expect: 'images of version 1.0 or newer, or none',
          on,
        }))
      : []),
  ],
  plan: [
    'aws_eks_cluster.this[0]: no change, or its tags only (version 21 no longer sets terraform-aws-modules = "eks")',
    'no change of an aws_eks_access_entry or an aws_eks_access_policy_association',
    'time_sleep.this[0] replaced: it makes nothing in AWS (its triggers have other names in version 21)',
    ...clusterPlan(state),
    'nothing else replaced; beyond this, node groups, launch templates and add-ons change only where a finding above says so',
    ...(callsOf(state).some(called => called.at === 'open' && detachesPodPolicy(state.source.module, called))
      ? ['aws_iam_role_policy_attachment.this["AmazonEKSVPCResourceController"] destroyed']
      : []),
    'aws_iam_policy.custom[0] and its attachment destroyed, where version 20.31 or newer made them and Auto Mode is off',
    ...(hasKarpenter(state)
      ? [
          'karpenter: the policy of the controller, the trust policies of its roles and the policy of the queue are updated in place',
          'karpenter, by version 21.2 or newer: aws_iam_role_policy_attachment.node["AmazonEC2ContainerRegistryReadOnly"] destroyed and ["AmazonEC2ContainerRegistryPullOnly"] created. Nodes pull images by one of them, so let the apply finish',
          'karpenter, by version 21.18 or newer: aws_cloudwatch_event_rule and aws_cloudwatch_event_target "capacity_reservation_interruption" created',
        ]
      : []),
  ],
  verify: [
    ...namedClusters(state).map(on => modeGate(on, modeOf(state))),
    ...clustersOrOne(state).map((on): LiveGate => ({
      what: 'Everybody who needs access still has it, and a new node of each group becomes ready',
      check: ['nodes_are_ready'],
      expect: 'all nodes Ready',
      on,
    })),
  ],
  back: [
    'Put the revision of the phase before back, run `terraform init -upgrade` and apply.',
    'A state that version 6 of the aws provider has written may not be read by version 5: keep the copy that `terraform state pull` prints before this phase.',
  ],
  permissions: [
    'eks:TagResource',
    'eks:UntagResource',
    'eks:DescribeCluster',
    'iam:DetachRolePolicy',
    'iam:DeletePolicy',
    'iam:CreatePolicyVersion',
  ],
});

const hasKarpenter = (state: State): boolean =>
  callsOf(state).some(({ call }) => call.source.submodule === 'modules/karpenter');

const modeOf = ({ source }: State): string => {
  const mode = source.clusters[0]?.mode;
  return mode?.kind === 'literal' ? mode.value : 'API';
};
