module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  access_entries = {
    platform = {
      principal_arn = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Platform_0123456789abcdef"

      policy_associations = {
        admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }

    readers = {
      principal_arn     = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Readers_fedcba9876543210"
      kubernetes_groups = ["readers"]
    }

    auditors = {
      principal_arn     = one(data.aws_iam_roles.auditors.arns)
      kubernetes_groups = ["auditors"]
    }

    writers = {
      principal_arn     = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/${local.settings.sso_region}/AWSReservedSSO_Writers_0123456789abcdef"
      kubernetes_groups = ["writers"]
    }
  }
}

locals {
  settings = {
    region     = data.aws_region.current.name
    sso_region = var.sso_region
  }
}

variable "sso_region" {
  type = string
}

data "aws_region" "current" {}
