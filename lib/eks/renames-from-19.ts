import type { Gone, Renames } from './rename-table.ts';

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
      inputs: {},
      outputs: {},
      goneInputs: {
        cluster_iam_role_dns_suffix: {
          advice: 'Remove it: the trust policy of the cluster role names amazonaws.com in every partition.',
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
        irsa_name: 'iam_role_name',
        irsa_use_name_prefix: 'iam_role_use_name_prefix',
        irsa_path: 'iam_role_path',
        irsa_description: 'iam_role_description',
        irsa_max_session_duration: 'iam_role_max_session_duration',
        irsa_permissions_boundary_arn: 'iam_role_permissions_boundary_arn',
        irsa_tags: 'iam_role_tags',
        policies: 'iam_role_policies',
        irsa_policy_name: 'iam_policy_name',
        irsa_ssm_parameter_arns: 'ami_id_ssm_parameter_arns',
        create_iam_role: 'create_node_iam_role',
        iam_role_arn: 'node_iam_role_arn',
        iam_role_name: 'node_iam_role_name',
        iam_role_use_name_prefix: 'node_iam_role_use_name_prefix',
        iam_role_path: 'node_iam_role_path',
        iam_role_description: 'node_iam_role_description',
        iam_role_max_session_duration: 'node_iam_role_max_session_duration',
        iam_role_permissions_boundary: 'node_iam_role_permissions_boundary',
        iam_role_attach_cni_policy: 'node_iam_role_attach_cni_policy',
        iam_role_additional_policies: 'node_iam_role_additional_policies',
        iam_role_tags: 'node_iam_role_tags',
      },
      outputs: {
        irsa_name: 'iam_role_name',
        irsa_arn: 'iam_role_arn',
        irsa_unique_id: 'iam_role_unique_id',
        role_name: 'node_iam_role_name',
        role_arn: 'node_iam_role_arn',
        role_unique_id: 'node_iam_role_unique_id',
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
      goneOutputs: {},
    },
  ],
};
