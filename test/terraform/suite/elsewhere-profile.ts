/** A Fargate profile that the source does not have. EKS makes the entry of its role. */
export function elsewhereProfile(roleArn: string): Record<string, string> {
  const text = `resource "aws_eks_fargate_profile" "elsewhere" {
  cluster_name           = module.eks.cluster_name
  fargate_profile_name   = "elsewhere"
  pod_execution_role_arn = ${roleArn}

  selector {
    namespace = "batch"
  }
}
`;
  return { 'suite_fargate.tf': text };
}
