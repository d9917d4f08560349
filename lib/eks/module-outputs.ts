import { words } from './words.ts';

/**
 * Outputs of terraform-aws-modules/eks 20 and 21 that do not wait for its access entries. From 20.8.5 on, cluster_arn,
 * cluster_certificate_authority_data, cluster_endpoint and cluster_name do; an output that is not listed here is taken to.
 * Source: outputs.tf at the tags v20.13.1, v20.37.2 and v21.19.0; https://github.com/terraform-aws-modules/terraform-aws-eks/pull/3000
 */
const independent = new Set(
  words(`
    cloudwatch_log_group_arn cloudwatch_log_group_name cluster_addons cluster_control_plane_scaling_tier
    cluster_dualstack_oidc_issuer_url
    cluster_iam_role_arn cluster_iam_role_name cluster_iam_role_unique_id cluster_id cluster_identity_providers
    cluster_ip_family cluster_oidc_issuer_url cluster_platform_version cluster_primary_security_group_id
    cluster_security_group_arn cluster_security_group_id cluster_service_cidr cluster_status
    cluster_tls_certificate_sha1_fingerprint cluster_version eks_managed_node_groups
    eks_managed_node_groups_autoscaling_group_names fargate_profiles kms_key_arn kms_key_id kms_key_policy
    node_iam_role_arn node_iam_role_name node_iam_role_unique_id node_security_group_arn node_security_group_id
    oidc_provider oidc_provider_arn self_managed_node_groups self_managed_node_groups_autoscaling_group_names
  `),
);

/** Whether reading this output waits for the access entries. Without a name: the whole module (`depends_on`). */
export const waitsForEntries = (output: string | undefined): boolean =>
  output === undefined || !independent.has(output);
