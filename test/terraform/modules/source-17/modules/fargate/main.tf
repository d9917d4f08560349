data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}

locals {
  create_eks = var.create_eks && length(var.fargate_profiles) > 0

  given_role_arn         = local.create_eks && !var.create_fargate_pod_execution_role ? ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/${var.fargate_pod_execution_role_name}"] : []
  pod_execution_role_arn = coalescelist(aws_iam_role.eks_fargate_pod[*].arn, local.given_role_arn, [""])[0]
}

resource "aws_iam_role" "eks_fargate_pod" {
  count = local.create_eks && var.create_fargate_pod_execution_role ? 1 : 0

  name_prefix = format("%s-fargate", substr(var.cluster_name, 0, 24))
  path        = var.iam_path

  assume_role_policy = jsonencode({ Service = "eks-fargate-pods.amazonaws.com" })
}

resource "aws_eks_fargate_profile" "this" {
  for_each = { for key, profile in var.fargate_profiles : key => profile if var.create_eks }

  cluster_name           = var.cluster_name
  fargate_profile_name   = lookup(each.value, "name", format("%s-fargate-%s", var.cluster_name, replace(each.key, "_", "-")))
  pod_execution_role_arn = local.pod_execution_role_arn
  subnet_ids             = lookup(each.value, "subnets", var.subnets)

  dynamic "selector" {
    for_each = each.value.selectors

    content {
      namespace = selector.value["namespace"]
      labels    = lookup(selector.value, "labels", {})
    }
  }

  tags = merge(var.tags, lookup(each.value, "tags", {}))
}
