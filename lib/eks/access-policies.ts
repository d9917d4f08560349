/** `key` names the policy inside `policy_associations`. `for`: whom AWS made it for. */
export type AccessPolicy = {
  readonly name: string;
  readonly key: string;
  readonly for: 'people' | 'nodes' | 'services';
  readonly note: string;
};

const row = (name: string, key: string, whom: AccessPolicy['for'], note: string): AccessPolicy => ({
  name,
  key,
  for: whom,
  note,
});

/**
 * What `aws eks list-access-policies` knows. The list grows: a name that is not here is no error.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export const accessPolicies: readonly AccessPolicy[] = [
  row('AmazonEKSClusterAdminPolicy', 'cluster_admin', 'people', 'everything, as the ClusterRole cluster-admin'),
  row('AmazonEKSAdminPolicy', 'admin', 'people', 'as admin, without nodes, custom resources, escalate and bind'),
  row('AmazonEKSEditPolicy', 'edit', 'people', 'as edit, with secrets and exec, without custom resources'),
  row('AmazonEKSViewPolicy', 'view', 'people', 'as view, without secrets, nodes and custom resources'),
  row('AmazonEKSAdminViewPolicy', 'admin_view', 'people', 'reads everything, secrets included'),
  row('AmazonEKSSecretReaderPolicy', 'secret_reader', 'people', 'reads secrets'),
  row('AmazonEKSSecretAdminPolicy', 'secret_admin', 'people', 'secrets'),
  row('AmazonEKSAutoNodePolicy', 'auto_node', 'nodes', 'nodes of Auto Mode, with entries of the type EC2'),
  row('AmazonEKSHybridPolicy', 'hybrid', 'services', 'hybrid nodes'),
  row('AmazonEKSBlockStoragePolicy', 'block_storage', 'services', 'Auto Mode'),
  row('AmazonEKSBlockStorageClusterPolicy', 'block_storage_cluster', 'services', 'Auto Mode'),
  row('AmazonEKSComputePolicy', 'compute', 'services', 'Auto Mode'),
  row('AmazonEKSComputeClusterPolicy', 'compute_cluster', 'services', 'Auto Mode'),
  row('AmazonEKSLoadBalancingPolicy', 'load_balancing', 'services', 'Auto Mode'),
  row('AmazonEKSLoadBalancingClusterPolicy', 'load_balancing_cluster', 'services', 'Auto Mode'),
  row('AmazonEKSNetworkingPolicy', 'networking', 'services', 'Auto Mode'),
  row('AmazonEKSNetworkingClusterPolicy', 'networking_cluster', 'services', 'Auto Mode'),
  row('AmazonEKSClusterInsightsPolicy', 'cluster_insights', 'services', 'cluster insights'),
  row('AmazonEKSEventPolicy', 'event', 'services', 'cluster events'),
  row('AmazonEKSPodIdentityPolicy', 'pod_identity', 'services', 'Pod Identity'),
  row('AmazonEKSACKPolicy', 'ack', 'services', 'the ACK capability'),
  row('AmazonEKSKROPolicy', 'kro', 'services', 'the kro capability'),
  row('AmazonEKSArgoCDPolicy', 'argo_cd', 'services', 'the Argo CD capability'),
  row('AmazonEKSArgoCDClusterPolicy', 'argo_cd_cluster', 'services', 'the Argo CD capability'),
  row('AmazonEMRJobPolicy', 'emr_job', 'services', 'EMR on EKS'),
  row('AmazonARCRegionSwitchScalingPolicy', 'arc_region_switch_scaling', 'services', 'ARC region switch'),
  row('AmazonAIOpsAssistantPolicy', 'ai_ops_assistant', 'services', 'CloudWatch investigations'),
  row('AIDevOpsAgentAccessPolicy', 'ai_dev_ops_agent_access', 'services', 'the DevOps agent'),
  row('AmazonSagemakerHyperpodClusterPolicy', 'sagemaker_hyperpod_cluster', 'services', 'SageMaker HyperPod'),
  row('AmazonSagemakerHyperpodControllerPolicy', 'sagemaker_hyperpod_controller', 'services', 'SageMaker HyperPod'),
  row('AmazonSagemakerHyperpodSpacePolicy', 'sagemaker_hyperpod_space', 'services', 'SageMaker HyperPod'),
  row(
    'AmazonSagemakerHyperpodSpaceTemplatePolicy',
    'sagemaker_hyperpod_space_template',
    'services',
    'SageMaker HyperPod',
  ),
  row(
    'AmazonSagemakerHyperpodSystemNamespacePolicy',
    'sagemaker_hyperpod_system_namespace',
    'services',
    'SageMaker HyperPod',
  ),
  row('AmazonSagemakerHyperpodUserClusterPolicy', 'sagemaker_hyperpod_user_cluster', 'services', 'SageMaker HyperPod'),
];

/** What `system:masters` becomes. */
export const clusterAdminPolicy = 'AmazonEKSClusterAdminPolicy';

export const findAccessPolicy = (name: string): AccessPolicy | undefined =>
  accessPolicies.find(policy => policy.name === name);

/** The key of a policy that the table may not have yet: its name without what all names share, in snake_case. */
export const policyKey = (name: string): string =>
  findAccessPolicy(name)?.key ??
  name
    .replace(/^Amazon(?:EKS)?(?=.)|Policy$/g, '')
    .replace(/([a-z\d])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2_')
    .replace(/\W+/g, '_')
    .toLowerCase();

/**
 * The partition may be HCL source, as `${local.partition}`.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html
 */
export const policyArn = (partitionText: string, name: string): string =>
  `arn:${partitionText}:eks::aws:cluster-access-policy/${name}`;
