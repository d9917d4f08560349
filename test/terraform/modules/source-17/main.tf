# A stand-in for terraform-aws-modules/eks/aws 17.x, which has other names and other submodules than
# its successors: as far as access is concerned, and nothing else.

data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}

locals {
  cluster_id   = coalescelist(aws_eks_cluster.this[*].id, [""])[0]
  cluster_name = coalescelist(aws_eks_cluster.this[*].name, [""])[0]

  cluster_iam_role_arn = var.manage_cluster_iam_resources ? join("", aws_iam_role.cluster[*].arn) : "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/${var.cluster_iam_role_name}"

  oidc_issuer = var.create_eks ? "oidc.eks.${split(":", aws_eks_cluster.this[0].arn)[3]}.amazonaws.com/id/${upper(md5(local.cluster_name))}" : ""
}

resource "aws_eks_cluster" "this" {
  count = var.create_eks ? 1 : 0

  name                      = var.cluster_name
  enabled_cluster_log_types = var.cluster_enabled_log_types
  role_arn                  = local.cluster_iam_role_arn
  version                   = var.cluster_version

  vpc_config {
    subnet_ids              = var.subnets
    endpoint_private_access = var.cluster_endpoint_private_access
    endpoint_public_access  = var.cluster_endpoint_public_access
    public_access_cidrs     = var.cluster_endpoint_public_access_cidrs
  }

  tags = merge(var.tags, var.cluster_tags)
}

resource "aws_iam_role" "cluster" {
  count = var.manage_cluster_iam_resources && var.create_eks ? 1 : 0

  name_prefix = var.cluster_iam_role_name != "" ? null : var.cluster_name
  name        = var.cluster_iam_role_name != "" ? var.cluster_iam_role_name : null
  path        = var.iam_path

  assume_role_policy = jsonencode({ Service = "eks.amazonaws.com" })
}
