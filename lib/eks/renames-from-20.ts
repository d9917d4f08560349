import { withPrefix, type Gone, type Renames } from './rename-table.ts';

const platform: Gone = { advice: 'Write ami_type in its place.', successor: 'ami_type' };
const schedules: Gone = { advice: 'Write aws_autoscaling_schedule resources beside the module.', idle: '{}' };
const createSchedule: Gone = { advice: schedules.advice, idle: 'false' };
const subnets: Gone = { advice: 'Write the subnet of that zone into subnet_ids.', idle: 'null' };
const retired: Gone = { advice: 'Remove it: AWS has ended the service.', idle: '{}' };
const removed: Gone = { advice: 'Remove it: version 21 does not have it.', idle: 'null' };
const intoGroups = (groups: string): Gone => ({ advice: `Write what it holds into each of ${groups}.`, idle: '{}' });
/** What both kinds of node groups have lost. */
const goneOfGroups: Readonly<Record<string, Gone>> = {
  elastic_gpu_specifications: retired,
  elastic_inference_accelerator: retired,
  placement_group_az: subnets,
  create_schedule: createSchedule,
  schedules,
};
const platformOutput: Gone = { advice: 'Read ami_type where it is written.' };
const goneOutputsOfGroups = {
  platform: platformOutput,
  autoscaling_group_schedule_arns: { advice: schedules.advice },
};
const podIdentity =
  'Version 21 trusts EKS Pod Identity alone. Move the controller to it while the module is at version 20.';

/**
 * 20 to 21. The guide's lists of variables lack `attach_cluster_encryption_policy`, `bootstrap_self_managed_addons`,
 * `eks_managed_node_group_defaults`, `fargate_profile_defaults`, `force_delete_warm_pool` and `enable_pod_identity` of karpenter.
 * Source: https://github.com/terraform-aws-modules/terraform-aws-eks/blob/v21.19.0/docs/UPGRADE-21.0.md; variables.tf and outputs.tf at the
 * tags.
 */
export const from20: Renames = {
  from: '20.37.2',
  to: '21.19.0',
  submodules: [
    {
      submodule: '',
      inputs: {
        cluster_version: 'kubernetes_version',
        ...withPrefix(
          'cluster_',
          '',
          `
            name enabled_log_types force_update_version compute_config upgrade_policy remote_network_config
            zonal_shift_config additional_security_group_ids endpoint_private_access endpoint_public_access
            endpoint_public_access_cidrs ip_family service_ipv4_cidr service_ipv6_cidr encryption_config timeouts
            security_group_id security_group_name security_group_use_name_prefix security_group_description
            security_group_additional_rules security_group_tags encryption_policy_use_name_prefix
            encryption_policy_name encryption_policy_description encryption_policy_path encryption_policy_tags
            addons addons_timeouts identity_providers
          `,
        ),
        attach_cluster_encryption_policy: 'attach_encryption_policy',
        create_cluster_primary_security_group_tags: 'create_primary_security_group_tags',
        create_cluster_security_group: 'create_security_group',
      },
      goneInputs: {
        // Version 21 sets false and ignores the difference.
        bootstrap_self_managed_addons: { advice: 'Remove it: version 21 ignores its value.', idle: 'any' },
        enable_efa_support: {
          advice:
            'Write enable_efa_support into the node groups that need it, and the two rules that the argument of the cluster adds into node_security_group_additional_rules under their keys: without these, nodes cannot talk by EFA until the upgrade. The page of this code shows them.',
          idle: 'false',
        },
        enable_security_groups_for_pods: {
          advice:
            'Set it to false while the module is at version 20, and move the attachment of AmazonEKSVPCResourceController first where pods have security groups.',
          idle: 'false',
        },
        fargate_profile_defaults: intoGroups('fargate_profiles'),
        self_managed_node_group_defaults: intoGroups('self_managed_node_groups'),
        eks_managed_node_group_defaults: intoGroups('eks_managed_node_groups'),
      },
    },
    {
      submodule: '_user_data',
      inputs: { cluster_service_ipv4_cidr: 'cluster_service_cidr' },
      goneInputs: { platform: { ...platform, idle: 'null' } },
      goneOutputs: { platform: platformOutput },
    },
    {
      submodule: 'eks-managed-node-group',
      inputs: { cluster_version: 'kubernetes_version', cluster_service_ipv4_cidr: 'cluster_service_cidr' },
      goneInputs: {
        ...goneOfGroups,
        platform,
        placement_group_strategy: { advice: 'Remove it: version 21 has the strategy cluster alone.' },
      },
      goneOutputs: goneOutputsOfGroups,
    },
    {
      submodule: 'self-managed-node-group',
      inputs: { cluster_version: 'kubernetes_version' },
      goneInputs: {
        ...goneOfGroups,
        platform: { ...platform, idle: 'null' },
        hibernation_options: { ...removed, idle: '{}' },
        min_elb_capacity: removed,
        wait_for_elb_capacity: removed,
        wait_for_capacity_timeout: removed,
        default_cooldown: removed,
        // Optional and computed in the provider: null and a missing argument leave what is attached, an empty list detaches it.
        // Source: hashicorp/terraform-provider-aws, internal/service/autoscaling/group.go.
        target_group_arns: {
          advice:
            'Write null in its place, and aws_autoscaling_attachment resources beside the module, while the module is at version 20: without the argument version 20 detaches the target groups.',
          idle: ['[]', 'null'],
        },
        force_delete_warm_pool: removed,
        service_linked_role_arn: removed,
        warm_pool: { ...removed, idle: '{}' },
        delete_timeout: {
          advice: 'Remove it, and write timeouts = { delete = ... } once the module is at version 21.',
          idle: 'null',
        },
      },
      goneOutputs: goneOutputsOfGroups,
    },
    {
      submodule: 'karpenter',
      goneInputs: {
        enable_pod_identity: { advice: podIdentity, idle: 'true' },
        enable_irsa: { advice: podIdentity, idle: 'false' },
        irsa_oidc_provider_arn: { advice: podIdentity },
        irsa_namespace_service_accounts: { advice: podIdentity },
        irsa_assume_role_condition_test: { advice: podIdentity },
        enable_v1_permissions: {
          advice:
            'Version 21 has the permissions of Karpenter 1 alone. Set it to true while the module is at version 20.',
          idle: 'true',
        },
      },
    },
  ],
};
