locals {
  node_groups = { for key, group in var.node_groups : key => merge(
    {
      iam_role_arn     = var.default_iam_role_arn
      subnets          = var.workers_group_defaults["subnets"]
      desired_capacity = 1
      max_capacity     = 3
      min_capacity     = 1
    },
    var.node_groups_defaults,
    group,
  ) if var.create_eks }

  names = { for key, group in local.node_groups : key => lookup(group, "name", lookup(group, "name_prefix", join("-", [var.cluster_name, key]))) }
}

resource "aws_eks_node_group" "workers" {
  for_each = local.node_groups

  node_group_name_prefix = lookup(each.value, "name", null) == null ? local.names[each.key] : null
  node_group_name        = lookup(each.value, "name", null)

  cluster_name  = var.cluster_name
  node_role_arn = each.value["iam_role_arn"]
  subnet_ids    = each.value["subnets"]
  ami_type      = lookup(each.value, "ami_type", null)

  scaling_config {
    desired_size = each.value["desired_capacity"]
    max_size     = each.value["max_capacity"]
    min_size     = each.value["min_capacity"]
  }

  tags = merge(var.tags, lookup(var.node_groups[each.key], "additional_tags", {}))

  lifecycle {
    ignore_changes = [scaling_config[0].desired_size]
  }
}
