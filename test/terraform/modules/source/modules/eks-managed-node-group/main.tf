locals {
  role_name = coalesce(var.iam_role_name, "${var.name}-eks-node-group")

  platform = var.platform                                                                                               #: <20.9.0
  platform = can(regex("^WINDOWS_", var.ami_type)) ? "windows" : can(regex("^AL2023_", var.ami_type)) ? "al2023" : "linux" #: >=20.9.0
}

resource "aws_iam_role" "this" {
  count = var.create && var.create_iam_role ? 1 : 0

  name        = var.iam_role_use_name_prefix ? null : local.role_name
  name_prefix = var.iam_role_use_name_prefix ? "${local.role_name}-" : null
  path        = var.iam_role_path

  assume_role_policy = jsonencode({ Service = "ec2.amazonaws.com" })
}

# The service makes the access entry of this role; the module has none.
resource "aws_eks_node_group" "this" {
  count = var.create ? 1 : 0

  region = var.region #: >=21.0.0

  cluster_name    = var.cluster_name
  node_group_name = var.name
  node_role_arn   = var.create_iam_role ? aws_iam_role.this[0].arn : var.iam_role_arn
  subnet_ids      = var.subnet_ids
  ami_type        = var.ami_type

  scaling_config {
    min_size     = var.min_size
    max_size     = var.max_size
    desired_size = var.desired_size
  }

  tags = var.tags

  lifecycle {
    ignore_changes = [scaling_config[0].desired_size]
  }
}
