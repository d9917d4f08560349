import { closest, distance } from 'fastest-levenshtein';
import { words } from './words.ts';

/** Those that AWS attaches itself, to its service-linked roles. */
const serviceLinked = words(`
  AmazonEKSHybridPolicy AmazonEKSBlockStoragePolicy AmazonEKSBlockStorageClusterPolicy AmazonEKSComputePolicy
  AmazonEKSComputeClusterPolicy AmazonEKSClusterInsightsPolicy
`);

/**
 * What `aws eks list-access-policies` knows. The list grows: a name that is not here is no error.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export const accessPolicies: readonly string[] = [
  ...serviceLinked,
  ...words(`
    AmazonEKSClusterAdminPolicy AmazonEKSAdminPolicy AmazonEKSEditPolicy AmazonEKSViewPolicy AmazonEKSAdminViewPolicy
    AmazonEKSSecretReaderPolicy AmazonEKSSecretAdminPolicy AmazonEKSAutoNodePolicy AmazonEKSLoadBalancingPolicy
    AmazonEKSLoadBalancingClusterPolicy AmazonEKSNetworkingPolicy AmazonEKSNetworkingClusterPolicy AmazonEKSEventPolicy
    AmazonEKSPodIdentityPolicy AmazonEKSACKPolicy AmazonEKSKROPolicy AmazonEKSArgoCDPolicy AmazonEKSArgoCDClusterPolicy
    AmazonEMRJobPolicy AmazonARCRegionSwitchScalingPolicy AmazonAIOpsAssistantPolicy AIDevOpsAgentAccessPolicy
    AmazonSagemakerHyperpodClusterPolicy AmazonSagemakerHyperpodControllerPolicy AmazonSagemakerHyperpodSpacePolicy
    AmazonSagemakerHyperpodSpaceTemplatePolicy AmazonSagemakerHyperpodSystemNamespacePolicy
    AmazonSagemakerHyperpodUserClusterPolicy AmazonSagemakerHyperpodTrainingPolicy AmazonSagemakerHyperpodInferencePolicy
    AWSBackupFullAccessPolicyForBackup AWSBackupFullAccessPolicyForRestore
  `),
];

/** What `system:masters` becomes. */
export const clusterAdminPolicy = 'AmazonEKSClusterAdminPolicy';

/** What nodes of type EC2 need. Source: https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html */
export const autoNodePolicy = 'AmazonEKSAutoNodePolicy';

/**
 * Why a person or a role of one's own cannot be given a policy: words that complete `<name> ...`. A name that is like none of the
 * list may be newer than the list.
 */
export const policyProblem = (name: string): string | undefined => {
  if (serviceLinked.includes(name)) return 'is for service-linked roles of AWS only';
  const nearest = closest(name, accessPolicies);
  const isMisspelt = name !== nearest && distance(name, nearest) <= 3;
  return isMisspelt ? `is no access policy; the nearest is ${nearest}` : undefined;
};

/** The key of a policy inside `policy_associations`: its name without what all names share, in snake_case. */
export const policyKey = (name: string): string =>
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

/** Source: https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html */
export const isAccessPolicyArn = (text: string): boolean =>
  /^arn:[\w-]+:eks::aws:cluster-access-policy\/[\w-]+$/.test(text);
