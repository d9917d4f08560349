# A stand-in for terraform-aws-modules/eks/aws: its inputs, outputs, resource
# addresses and dependencies as far as access is concerned, and nothing else.

data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}

data "aws_iam_session_context" "current" {
  count = local.create ? 1 : 0 #: >=20.17.1 <20.17.2 | >=20.31.1

  arn = data.aws_caller_identity.current.arn
}

locals {
  create       = var.create
  partition    = data.aws_partition.current.partition
  cluster_name = var.cluster_name #: <21.0.0
  cluster_name = var.name         #: >=21.0.0

  # The role behind the session that runs Terraform, so the creator's entry follows the runner.
  runner_arn = data.aws_iam_session_context.current.issuer_arn              #: <20.17.1 | >=20.17.2 <20.31.1
  runner_arn = try(data.aws_iam_session_context.current[0].issuer_arn, "") #: >=20.17.1 <20.17.2 | >=20.31.1
}

resource "aws_eks_cluster" "this" {
  count = local.create ? 1 : 0

  region = var.region #: >=21.0.0

  name     = local.cluster_name
  role_arn = try(aws_iam_role.this[0].arn, var.iam_role_arn)
  version  = var.cluster_version    #: <21.0.0
  version  = var.kubernetes_version #: >=21.0.0

  vpc_config {
    subnet_ids             = length(var.control_plane_subnet_ids) > 0 ? var.control_plane_subnet_ids : var.subnet_ids
    endpoint_public_access = var.cluster_endpoint_public_access #: <21.0.0
    endpoint_public_access = var.endpoint_public_access         #: >=21.0.0
  }

  tags = merge(var.tags, var.cluster_tags)                                    #: <20.0.0 | >=21.12.0
  tags = merge({ terraform-aws-modules = "eks" }, var.tags, var.cluster_tags) #: >=20.0.0 <21.12.0

  #: begin >=20.0.0
  access_config {
    authentication_mode = var.authentication_mode

    # Never the service's own bootstrap: enable_cluster_creator_admin_permissions stands for it.
    bootstrap_cluster_creator_admin_permissions = false
  }
  #: end

  #: begin <21.0.0
  timeouts {
    create = try(var.cluster_timeouts.create, null)
    update = try(var.cluster_timeouts.update, null)
    delete = try(var.cluster_timeouts.delete, null)
  }
  #: end
  #: begin >=21.0.0
  dynamic "timeouts" {
    for_each = var.timeouts != null ? [var.timeouts] : []

    content {
      create = try(timeouts.value.create, null)
      update = try(timeouts.value.update, null)
      delete = try(timeouts.value.delete, null)
    }
  }
  #: end

  #: begin >=20.11.1 <20.13.1
  # An index that matches nothing: all of access_config is ignored, so the mode never
  # changes. https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3048
  lifecycle {
    ignore_changes = [access_config["bootstrap_cluster_creator_admin_permissions"]]
  }
  #: end
  #: begin >=20.13.1
  lifecycle {
    ignore_changes = [access_config[0].bootstrap_cluster_creator_admin_permissions]
  }
  #: end
}

resource "aws_iam_role" "this" {
  count = local.create && var.create_iam_role ? 1 : 0

  name        = var.iam_role_use_name_prefix ? null : coalesce(var.iam_role_name, "${local.cluster_name}-cluster")
  name_prefix = var.iam_role_use_name_prefix ? "${coalesce(var.iam_role_name, "${local.cluster_name}-cluster")}-" : null
  path        = var.iam_role_path

  assume_role_policy = jsonencode({ Service = "eks.amazonaws.com" })
}
#: begin >=20.31.0

# The nodes of Auto Mode; the service makes their access entry.
locals {
  auto_mode = try(var.cluster_compute_config.enabled, false) == true                                           #: <21.0.0
  auto_mode = try(var.compute_config.enabled, false) == true                                                   #: >=21.0.0 <21.3.0
  auto_mode = try(var.compute_config.enabled, false) == true || var.create_auto_mode_iam_resources == true #: >=21.3.0

  node_role_name = coalesce(var.node_iam_role_name, "${local.cluster_name}-eks-auto")
}

resource "aws_iam_role" "eks_auto" {
  count = local.create && var.create_node_iam_role && local.auto_mode ? 1 : 0

  name        = var.node_iam_role_use_name_prefix ? null : local.node_role_name
  name_prefix = var.node_iam_role_use_name_prefix ? "${local.node_role_name}-" : null
  path        = var.node_iam_role_path

  assume_role_policy = jsonencode({ Service = "ec2.amazonaws.com" })
}
#: end
