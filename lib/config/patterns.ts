/**
 * An IAM role or user, with its path.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
 */
export const identityPattern = /^arn:aws[a-z-]*:iam::\d{12}:(?:role|user)\/(?:[!-~]+\/)?[\w+=,.@-]+$/;

/** Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const clusterNamePattern = /^[0-9A-Za-z][\w-]{0,99}$/;
