# A stand-in for terraform-aws-modules/iam/aws//modules/iam-assumable-role: a module
# that makes a role and is opaque to whoever only reads the caller.

terraform {
  required_version = ">= 1.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 4.0"
    }
  }
}

resource "aws_iam_role" "this" {
  count = var.create_role ? 1 : 0

  name        = var.role_name
  name_prefix = var.role_name == null ? var.role_name_prefix : null
  path        = var.role_path

  assume_role_policy = jsonencode({ AWS = var.trusted_role_arns, Service = var.trusted_role_services })
}

output "iam_role_arn" {
  value = try(aws_iam_role.this[0].arn, "")
}

output "iam_role_name" {
  value = try(aws_iam_role.this[0].name, "")
}

output "iam_role_path" {
  value = var.role_path
}

output "iam_role_unique_id" {
  value = ""
}

output "iam_instance_profile_arn" {
  value = ""
}

output "iam_instance_profile_id" {
  value = ""
}

output "iam_instance_profile_name" {
  value = ""
}

output "iam_instance_profile_path" {
  value = ""
}

output "role_requires_mfa" {
  value = var.role_requires_mfa
}

output "role_sts_externalid" {
  value = var.role_sts_externalid
}
