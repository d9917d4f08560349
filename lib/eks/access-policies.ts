import { closest, distance } from 'fastest-levenshtein';

/**
 * `key` names the policy inside `policy_associations`. `for`: whom AWS made it for. What is for AWS services alone is attached by
 * EKS itself, to a service-linked role.
 */
export type AccessPolicy = {
  readonly name: string;
  readonly key: string;
  readonly for: 'people' | 'nodes' | 'services' | 'service-linked-roles';
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
  row('AmazonEKSHybridPolicy', 'hybrid', 'service-linked-roles', 'hybrid nodes'),
  row('AmazonEKSBlockStoragePolicy', 'block_storage', 'service-linked-roles', 'Auto Mode'),
  row('AmazonEKSBlockStorageClusterPolicy', 'block_storage_cluster', 'service-linked-roles', 'Auto Mode'),
  row('AmazonEKSComputePolicy', 'compute', 'service-linked-roles', 'Auto Mode'),
  row('AmazonEKSComputeClusterPolicy', 'compute_cluster', 'service-linked-roles', 'Auto Mode'),
  row('AmazonEKSLoadBalancingPolicy', 'load_balancing', 'services', 'Auto Mode'),
  row('AmazonEKSLoadBalancingClusterPolicy', 'load_balancing_cluster', 'services', 'Auto Mode'),
  row('AmazonEKSNetworkingPolicy', 'networking', 'services', 'Auto Mode'),
  row('AmazonEKSNetworkingClusterPolicy', 'networking_cluster', 'services', 'Auto Mode'),
  row('AmazonEKSClusterInsightsPolicy', 'cluster_insights', 'service-linked-roles', 'cluster insights'),
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
  row('AmazonSagemakerHyperpodSpacePolicy', 'sagemaker_hyperpod_space', 'people', 'SageMaker HyperPod'),
  row(
    'AmazonSagemakerHyperpodSpaceTemplatePolicy',
    'sagemaker_hyperpod_space_template',
    'people',
    'SageMaker HyperPod',
  ),
  row(
    'AmazonSagemakerHyperpodSystemNamespacePolicy',
    'sagemaker_hyperpod_system_namespace',
    'services',
    'SageMaker HyperPod',
  ),
  row('AmazonSagemakerHyperpodUserClusterPolicy', 'sagemaker_hyperpod_user_cluster', 'people', 'SageMaker HyperPod'),
  row('AmazonSagemakerHyperpodTrainingPolicy', 'sagemaker_hyperpod_training', 'people', 'SageMaker HyperPod'),
  row('AmazonSagemakerHyperpodInferencePolicy', 'sagemaker_hyperpod_inference', 'people', 'SageMaker HyperPod'),
  row('AWSBackupFullAccessPolicyForBackup', 'backup_for_backup', 'services', 'AWS Backup'),
  row('AWSBackupFullAccessPolicyForRestore', 'backup_for_restore', 'services', 'AWS Backup'),
];

/** What `system:masters` becomes. */
export const clusterAdminPolicy = 'AmazonEKSClusterAdminPolicy';

export const findAccessPolicy = (name: string): AccessPolicy | undefined =>
  accessPolicies.find(policy => policy.name === name);

/**
 * Why a person or a role of one's own cannot be given a policy: words that complete `<name> ...`. A name that is like none of the
 * table may be newer than the table.
 */
export const policyProblem = (name: string): string | undefined => {
  const known = findAccessPolicy(name);
  if (known?.for === 'service-linked-roles') return 'is for service-linked roles of AWS only';
  if (known) return undefined;
  const nearest = closest(
    name,
    accessPolicies.map(policy => policy.name),
  );
  return distance(name, nearest) <= 3 ? `is no access policy; the nearest is ${nearest}` : undefined;
};

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
