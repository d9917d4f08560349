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
  }
}

data "aws_iam_roles" "platform" {
  name_regex  = "AWSReservedSSO_Platform_.*"
  path_prefix = "/aws-reserved/sso.amazonaws.com/"
}
