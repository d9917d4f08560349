resource "aws_eks_access_entry" "sre" {
  cluster_name      = module.eks.cluster_id
  principal_arn     = "arn:aws:iam::111122223333:role/sre"
  user_name         = "sre"
  kubernetes_groups = []
}

resource "aws_eks_access_policy_association" "sre" {
  cluster_name  = module.eks.cluster_id
  principal_arn = aws_eks_access_entry.sre.principal_arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}

resource "aws_eks_access_entry" "jenkins" {
  cluster_name      = module.eks.cluster_id
  principal_arn     = aws_iam_role.jenkins.arn
  user_name         = "jenkins"
  kubernetes_groups = ["deployers"]
}

resource "aws_eks_access_entry" "pager" {
  cluster_name      = module.eks.cluster_id
  principal_arn     = "arn:aws:iam::111122223333:user/pager"
  user_name         = "pager"
  kubernetes_groups = ["viewers"]
}
