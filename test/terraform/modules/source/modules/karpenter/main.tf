#: begin <20.0.0
# Up to 19.x irsa_* was the controller and the plain names were the node role.
resource "aws_iam_role" "irsa" {
  count = var.create && var.create_irsa ? 1 : 0

  name        = var.irsa_use_name_prefix ? null : coalesce(var.irsa_name, "KarpenterIRSA-${var.cluster_name}")
  name_prefix = var.irsa_use_name_prefix ? "${coalesce(var.irsa_name, "KarpenterIRSA-${var.cluster_name}")}-" : null
  path        = var.irsa_path

  assume_role_policy = jsonencode({ Service = "pods.eks.amazonaws.com" })
}

resource "aws_iam_role" "this" {
  count = var.create && var.create_iam_role ? 1 : 0

  name        = var.iam_role_use_name_prefix ? null : coalesce(var.iam_role_name, "Karpenter-${var.cluster_name}")
  name_prefix = var.iam_role_use_name_prefix ? "${coalesce(var.iam_role_name, "Karpenter-${var.cluster_name}")}-" : null
  path        = var.iam_role_path

  assume_role_policy = jsonencode({ Service = "ec2.amazonaws.com" })
}
#: end
#: begin >=20.0.0
locals {
  node_role_name = coalesce(var.node_iam_role_name, "Karpenter-${var.cluster_name}")
}

resource "aws_iam_role" "controller" {
  count = var.create && var.create_iam_role ? 1 : 0

  name        = var.iam_role_use_name_prefix ? null : var.iam_role_name
  name_prefix = var.iam_role_use_name_prefix ? "${var.iam_role_name}-" : null
  path        = var.iam_role_path

  assume_role_policy = jsonencode({ Service = "pods.eks.amazonaws.com" })
}

resource "aws_iam_role" "node" {
  count = var.create && var.create_node_iam_role ? 1 : 0

  name        = var.node_iam_role_use_name_prefix ? null : local.node_role_name
  name_prefix = var.node_iam_role_use_name_prefix ? "${local.node_role_name}-" : null
  path        = var.node_iam_role_path

  assume_role_policy = jsonencode({ Service = "ec2.amazonaws.com" })
}

resource "aws_eks_access_entry" "node" {
  count = var.create && var.create_access_entry ? 1 : 0

  region = var.region #: >=21.0.0

  cluster_name  = var.cluster_name
  principal_arn = var.create_node_iam_role ? aws_iam_role.node[0].arn : var.node_iam_role_arn
  type          = var.access_entry_type

  tags = var.tags
}

moved {
  from = aws_iam_role.this
  to   = aws_iam_role.node
}

moved {
  from = aws_iam_role.irsa
  to   = aws_iam_role.controller
}
#: end
