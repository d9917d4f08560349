resource "aws_eks_access_entry" "a" {
  cluster_name  = module.eks.cluster_name
  principal_arn = module.eks.self_managed_node_groups["a"].iam_role_arn
  type          = "EC2_LINUX"
}

resource "aws_eks_access_entry" "b" {
  cluster_name  = module.eks.cluster_name
  principal_arn = module.eks.self_managed_node_groups["b"].iam_role_arn
  type          = "EC2_LINUX"
}

resource "aws_eks_access_entry" "scheduler_nodes" {
  cluster_name  = module.eks.cluster_name
  principal_arn = "arn:aws:iam::111122223333:role/scheduler-nodes"
  type          = "EC2_LINUX"
}

resource "aws_eks_access_entry" "rows" {
  for_each = { for row in var.aws_auth_roles : row.username => row }

  cluster_name      = module.eks.cluster_name
  principal_arn     = each.value.rolearn
  user_name         = each.value.username
  kubernetes_groups = [for group in each.value.groups : group if group != "system:masters"]
}

resource "aws_eks_access_policy_association" "rows" {
  for_each = { for row in var.aws_auth_roles : row.username => row if contains(row.groups, "system:masters") }

  cluster_name  = module.eks.cluster_name
  principal_arn = aws_eks_access_entry.rows[each.key].principal_arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}

resource "aws_eks_access_entry" "breakglass" {
  cluster_name      = module.eks.cluster_name
  principal_arn     = "arn:aws:iam::111122223333:user/breakglass"
  user_name         = "breakglass"
  kubernetes_groups = []
}

resource "aws_eks_access_policy_association" "breakglass" {
  cluster_name  = module.eks.cluster_name
  principal_arn = aws_eks_access_entry.breakglass.principal_arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}
