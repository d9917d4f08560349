/**
 * An IAM role or user, with its path.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
 */
export const identityPattern = /^arn:aws[a-z-]*:iam::\d{12}:(?:role|user)\/(?:[!-~]+\/)?[\w+=,.@-]+$/;

/** The name at the end of an access policy's ARN. AWS adds policies, so a name is not looked up in a list. */
export const policyPattern = /^[A-Z][A-Za-z0-9]+Policy(?:For[A-Z][A-Za-z0-9]+)?$/;

/** A release of the eks module, without "v". */
export const releasePattern = /^\d+\.\d+\.\d+$/;

/** Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const clusterNamePattern = /^[0-9A-Za-z][\w-]{0,99}$/;

/** A region of AWS. */
export const regionPattern = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;

/** What writes aws-auth in the root module, a call or a resource, or the live ConfigMap where there is none. */
export const pairedPattern = /^(?:[a-z][a-z\d_]*\.[A-Za-z_][\w-]*|config-map)$/;

/** A cluster of the root module: a call of the eks module, or a resource. */
export const clusterAddressPattern = /^(?:module|aws_eks_cluster)\.[A-Za-z_][\w-]*$/;

/** The pattern of Kubernetes, and the wildcards of an access scope. Source: EKS user guide, access-policies. */
export const namespacePattern = /^[a-z\d*](?:[a-z\d*-]{0,61}[a-z\d*])?$/;
