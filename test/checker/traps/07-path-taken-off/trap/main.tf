module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  access_entries = {
    platform = {
      principal_arn = "arn:aws:iam::111122223333:role/AWSReservedSSO_Platform_0123456789abcdef"

      policy_associations = {
        admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }

    readers = {
      principal_arn     = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/${one(data.aws_iam_roles.readers.names)}"
      kubernetes_groups = ["readers"]
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_iam_roles" "readers" {
  name_regex  = "AWSReservedSSO_Readers_.*"
  path_prefix = "/aws-reserved/sso.amazonaws.com/"
}
