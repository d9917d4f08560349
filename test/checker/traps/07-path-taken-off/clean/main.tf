module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  access_entries = {
    platform = {
      principal_arn = one(data.aws_iam_roles.platform.arns)

      policy_associations = {
        admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }

    readers = {
      principal_arn     = one(data.aws_iam_roles.readers.arns)
      kubernetes_groups = ["readers"]
    }
  }
}

data "aws_iam_roles" "platform" {
  name_regex  = "AWSReservedSSO_Platform_.*"
  path_prefix = "/aws-reserved/sso.amazonaws.com/"
}

data "aws_iam_roles" "readers" {
  name_regex  = "AWSReservedSSO_Readers_.*"
  path_prefix = "/aws-reserved/sso.amazonaws.com/"
}
