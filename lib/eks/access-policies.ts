import { closest, distance } from 'fastest-levenshtein';
import { policyTables } from './access-policy-rules.generated.ts';
import { words } from './words.ts';

export { rulesAsOf } from './access-policy-rules.generated.ts';

/**
 * What `aws eks list-access-policies` knows, by whom it is for. The list grows: a name that is not here is no error.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html (people, nodes, the cluster's role,
 * service-linked roles); https://docs.aws.amazon.com/eks/latest/userguide/capability-role.html;
 * https://docs.aws.amazon.com/r53recovery/latest/dg/eks-resource-scaling-block.html; the guides of SageMaker HyperPod, EMR on EKS,
 * AWS Backup and DevOps Agent. No page names whom those of `not-documented` are for.
 */
const policiesFor = {
  people: words(`
    AmazonEKSClusterAdminPolicy AmazonEKSAdminPolicy AmazonEKSEditPolicy AmazonEKSViewPolicy AmazonEKSAdminViewPolicy
    AmazonEKSSecretReaderPolicy AmazonSagemakerHyperpodSpacePolicy AmazonSagemakerHyperpodSpaceTemplatePolicy
    AmazonSagemakerHyperpodUserClusterPolicy AmazonSagemakerHyperpodTrainingPolicy AmazonSagemakerHyperpodInferencePolicy
  `),
  nodes: words('AmazonEKSAutoNodePolicy'),
  'cluster-role': words(`
    AmazonEKSLoadBalancingPolicy AmazonEKSLoadBalancingClusterPolicy AmazonEKSNetworkingPolicy AmazonEKSNetworkingClusterPolicy
  `),
  'service-linked-roles': words(`
    AmazonEKSHybridPolicy AmazonEKSBlockStoragePolicy AmazonEKSBlockStorageClusterPolicy AmazonEKSComputePolicy
    AmazonEKSComputeClusterPolicy AmazonEKSClusterInsightsPolicy
  `),
  'aws-services': words(`
    AmazonEKSACKPolicy AmazonEKSKROPolicy AmazonEKSArgoCDPolicy AmazonEKSArgoCDClusterPolicy AmazonEMRJobPolicy
    AmazonARCRegionSwitchScalingPolicy AmazonAIOpsAssistantPolicy AIDevOpsAgentAccessPolicy AmazonSagemakerHyperpodClusterPolicy
    AmazonSagemakerHyperpodControllerPolicy AmazonSagemakerHyperpodSystemNamespacePolicy AWSBackupFullAccessPolicyForBackup
    AWSBackupFullAccessPolicyForRestore
  `),
  'not-documented': words('AmazonEKSEventPolicy AmazonEKSPodIdentityPolicy AmazonEKSSecretAdminPolicy'),
} as const;

export type PolicyAudience = keyof typeof policiesFor;

export type AccessPolicy = { readonly name: string; readonly audience: PolicyAudience };

export const accessPolicies: readonly AccessPolicy[] = Object.entries(policiesFor).flatMap(([audience, names]) =>
  names.map(name => ({ name, audience: audience as PolicyAudience })),
);

/** Whom a policy is for; undefined for a name that is not in the list. */
export const audienceOf = (name: string): PolicyAudience | undefined =>
  accessPolicies.find(policy => policy.name === name)?.audience;

/** As in a ClusterRole: the API group '' is the core group. */
export type PolicyRule = {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly nonResourceURLs: readonly string[];
  readonly verbs: readonly string[];
};

/** The rules of a policy; undefined where AWS publishes no table of them. */
export const policyRules = (name: string): readonly PolicyRule[] | undefined =>
  policyTables[name]?.map(([apiGroups, resources, verbs, urls = '']) => ({
    apiGroups: urls === '' ? apiGroups.split(' ') : [],
    resources: resources === '' ? [] : words(resources),
    nonResourceURLs: urls === '' ? [] : words(urls),
    verbs: words(verbs),
  }));

/** What of the list is most like this name: the one that differs only in what all names share, if there is one. */
export const nearestPolicy = (name: string): string => {
  const known = new Map(accessPolicies.map(policy => [policy.name.toLowerCase(), policy.name]));
  const same = accessPolicies.find(policy => distinctive(policy.name) === distinctive(name))?.name;
  return same ?? known.get(closest(name.toLowerCase(), [...known.keys()])) ?? clusterAdminPolicy;
};

/** What `system:masters` becomes. */
export const clusterAdminPolicy = 'AmazonEKSClusterAdminPolicy';

/** What nodes of type EC2 need. Source: https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html */
export const autoNodePolicy = 'AmazonEKSAutoNodePolicy';

/**
 * Why a person or a role of one's own cannot be given a policy: words that complete `<name> ...`. A name that is like none of the
 * list may be newer than the list.
 */
export const policyProblem = (name: string): string | undefined => {
  if (policiesFor['service-linked-roles'].includes(name)) return 'is for service-linked roles of AWS only';
  const nearest = nearestPolicy(name);
  // Names of policies are alike but for a word: of a short one, a letter or two make another word of it.
  const [given, known] = [distinctive(name), distinctive(nearest)];
  const isNear = distance(given, known) <= Math.min(3, Math.floor(known.length / 2));
  return name !== nearest && isNear ? `is no access policy; the nearest is ${nearest}` : undefined;
};

/** Why no row of aws-auth can become an entry with a policy, in the same words. */
export const policyOfRowProblem = (name: string): string | undefined => {
  const audience = audienceOf(name);
  if (audience === 'nodes') return 'is for nodes of EKS Auto Mode, whose entry is of type EC2';
  if (audience === 'cluster-role') return 'is for the IAM role of a cluster with EKS Auto Mode; EKS makes its entry';
  return policyProblem(name);
};

/** Without what all names share, as it is or misspelt. */
const distinctive = (name: string): string =>
  name.toLowerCase().replace(/^(?:amazon|aws)?(?:eks)?(?=.)|p(?=\w{3,7}$)[olicyes]+$/g, '');

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
