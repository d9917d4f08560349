resource "aws_eks_access_entry" "reports" {
  cluster_name  = module.eks.cluster_id
  principal_arn = module.eks.self_managed_node_groups["reports"].iam_role_arn
  type          = "EC2_LINUX"
}

resource "aws_eks_access_entry" "billing_admin" {
  cluster_name      = module.eks.cluster_id
  principal_arn     = "arn:aws:iam::111122223333:role/billing-admins"
  user_name         = "billing-admin"
  kubernetes_groups = []
}

resource "aws_eks_access_policy_association" "billing_admin" {
  cluster_name  = module.eks.cluster_id
  principal_arn = aws_eks_access_entry.billing_admin.principal_arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}

resource "aws_eks_access_entry" "extra" {
  for_each = { for row in var.extra_roles : row.username => row }

  cluster_name      = module.eks.cluster_id
  principal_arn     = each.value.rolearn
  user_name         = each.value.username
  kubernetes_groups = each.value.groups
}

resource "aws_eks_access_entry" "auditor" {
  cluster_name      = module.eks.cluster_id
  principal_arn     = "arn:aws:iam::111122223333:user/auditor"
  user_name         = "auditor"
  kubernetes_groups = ["view-everything"]
}
