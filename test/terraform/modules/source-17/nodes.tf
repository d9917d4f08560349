# One role for all worker groups and for those node groups that name no other.
resource "aws_iam_role" "workers" {
  count = var.manage_worker_iam_resources && var.create_eks ? 1 : 0

  name_prefix = var.workers_role_name != "" ? null : local.cluster_name
  name        = var.workers_role_name != "" ? var.workers_role_name : null
  path        = var.iam_path

  assume_role_policy = jsonencode({ Service = "ec2.amazonaws.com" })
}

module "node_groups" {
  source = "./modules/node_groups"

  create_eks           = var.create_eks
  cluster_name         = local.cluster_name
  default_iam_role_arn = coalescelist(aws_iam_role.workers[*].arn, [""])[0]

  # The subnets of a group that names none.
  workers_group_defaults = merge({ subnets = var.subnets }, var.workers_group_defaults)

  node_groups_defaults = var.node_groups_defaults
  node_groups          = var.node_groups

  tags = var.tags

  depends_on = [aws_eks_cluster.this]
}

module "fargate" {
  source = "./modules/fargate"

  create_eks                        = var.create_eks
  create_fargate_pod_execution_role = var.create_fargate_pod_execution_role

  cluster_name                    = local.cluster_name
  fargate_pod_execution_role_name = var.fargate_pod_execution_role_name
  permissions_boundary            = var.permissions_boundary
  iam_path                        = var.iam_path
  subnets                         = coalescelist(var.fargate_subnets, var.subnets, [""])

  fargate_profiles = var.fargate_profiles

  tags = var.tags
}
