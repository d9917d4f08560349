#: begin >=20.14.0 <21.0.0
variable "platform" {
  type    = string
  default = null

  validation {
    condition     = var.platform == null
    error_message = "`platform` is no longer valid due to the number of OS choices. Please provide an `ami_type` instead."
  }
}

#: end
locals {
  role_name = coalesce(var.iam_role_name, "${var.name}-node-group")

  # From 20.9.0 the type of the AMI decides; the input platform has no say any more. #: >=20.9.0
  platform = var.platform                                                      #: <20.9.0
  platform = can(regex("^WINDOWS_", var.ami_type)) ? "windows" : "linux" #: >=20.9.0
}

resource "aws_iam_role" "this" {
  count = var.create && var.create_iam_instance_profile ? 1 : 0

  name        = var.iam_role_use_name_prefix ? null : local.role_name
  name_prefix = var.iam_role_use_name_prefix ? "${local.role_name}-" : null
  path        = var.iam_role_path

  assume_role_policy = jsonencode({ Service = "ec2.amazonaws.com" })
}
#: begin >=20.0.0

resource "aws_eks_access_entry" "this" {
  count = var.create && var.create_access_entry ? 1 : 0

  region = var.region #: >=21.0.0

  cluster_name  = var.cluster_name
  principal_arn = var.create_iam_instance_profile ? aws_iam_role.this[0].arn : var.iam_role_arn
  type          = local.platform == "windows" ? "EC2_WINDOWS" : "EC2_LINUX"

  tags = var.tags
}
#: end
