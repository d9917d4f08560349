import { withPrefix, type Gone, type Renames } from './rename-table.ts';

const intoSubmodule: Gone = { advice: 'It is an argument of the aws-auth submodule from version 20 on.' };
const newerTags: Gone = {
  advice: 'Remove it: the policy of the controller goes by the tags that Karpenter 0.32 and newer set.',
};
const nodeRows: Gone = { advice: 'Write one item of aws_auth_roles in the aws-auth submodule per role.' };

/**
 * 19.21 to 20. The guide misspells `aws_auth_fargate_profile_pod_execution_role_arns`, `iam_role_use_name_prefix` (for
 * irsa_use_name_prefix), `node_iam_role_use_name_prefix` and `node_iam_role_permissions_boundary`; the names here are those of the
 * tags. Source: https://github.com/terraform-aws-modules/terraform-aws-eks/blob/v20.37.2/docs/UPGRADE-20.0.md; variables.tf and
 * outputs.tf at the tags.
 */
export const from19: Renames = {
  from: '19.21.0',
  to: '20.37.2',
  submodules: [
    {
      submodule: '',
      goneInputs: {
        cluster_iam_role_dns_suffix: {
          advice:
            'Remove it, and in aws-cn do not apply that before the upgrade: without it the trust policy of version 19 names eks.amazonaws.com.cn there. That of version 20 names eks.amazonaws.com in every partition.',
        },
        manage_aws_auth_configmap: intoSubmodule,
        create_aws_auth_configmap: intoSubmodule,
        aws_auth_roles: intoSubmodule,
        aws_auth_users: intoSubmodule,
        aws_auth_accounts: intoSubmodule,
        aws_auth_node_iam_role_arns_non_windows: nodeRows,
        aws_auth_node_iam_role_arns_windows: nodeRows,
        aws_auth_fargate_profile_pod_execution_role_arns: nodeRows,
      },
      goneOutputs: {
        aws_auth_configmap_yaml: {
          advice: 'Write the ConfigMap out where it is read, or leave it to the aws-auth submodule.',
        },
      },
    },
    {
      submodule: 'karpenter',
      inputs: {
        create_irsa: 'create_iam_role',
        ...withPrefix('irsa_', 'iam_role_', 'name use_name_prefix path description max_session_duration tags'),
        irsa_permissions_boundary_arn: 'iam_role_permissions_boundary_arn',
        policies: 'iam_role_policies',
        irsa_policy_name: 'iam_policy_name',
        irsa_ssm_parameter_arns: 'ami_id_ssm_parameter_arns',
        create_iam_role: 'create_node_iam_role',
        ...withPrefix(
          'iam_role_',
          'node_iam_role_',
          `
            arn name use_name_prefix path description max_session_duration permissions_boundary attach_cni_policy
            additional_policies tags
          `,
        ),
      },
      outputs: {
        ...withPrefix('irsa_', 'iam_role_', 'name arn unique_id'),
        ...withPrefix('role_', 'node_iam_role_', 'name arn unique_id'),
      },
      goneInputs: {
        irsa_tag_key: newerTags,
        irsa_tag_values: newerTags,
        irsa_subnet_account_id: { advice: 'Remove it: the policy of the controller admits subnets of any account.' },
        enable_karpenter_instance_profile_creation: {
          advice: 'Remove it: the policy of the controller always lets Karpenter make instance profiles.',
          idle: 'true',
        },
      },
    },
  ],
};
