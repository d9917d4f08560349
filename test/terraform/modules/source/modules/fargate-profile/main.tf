locals {
  role_name = coalesce(var.iam_role_name, var.name, "fargate-profile")
}

resource "aws_iam_role" "this" {
  count = var.create && var.create_iam_role ? 1 : 0

  name        = var.iam_role_use_name_prefix ? null : local.role_name
  name_prefix = var.iam_role_use_name_prefix ? "${local.role_name}-" : null
  path        = var.iam_role_path

  assume_role_policy = jsonencode({ Service = "eks-fargate-pods.amazonaws.com" })
}

# The service makes the access entry of this role; the module has none.
resource "aws_eks_fargate_profile" "this" {
  count = var.create ? 1 : 0

  region = var.region #: >=21.0.0

  cluster_name           = var.cluster_name
  fargate_profile_name   = var.name
  pod_execution_role_arn = var.create_iam_role ? aws_iam_role.this[0].arn : var.iam_role_arn
  subnet_ids             = var.subnet_ids

  dynamic "selector" {
    for_each = var.selectors == null ? [] : var.selectors

    content {
      namespace = selector.value.namespace
      labels    = try(selector.value.labels, {})
    }
  }

  tags = var.tags
}
