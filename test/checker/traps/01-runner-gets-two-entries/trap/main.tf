module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  # The CI role is an administrator twice.
  enable_cluster_creator_admin_permissions = true

  access_entries = {
    ci = {
      principal_arn = data.aws_iam_session_context.current.issuer_arn

      policy_associations = {
        admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }

    developers = {
      principal_arn     = "arn:aws:iam::111122223333:role/developers"
      kubernetes_groups = ["developers"]
    }
  }
}

data "aws_caller_identity" "current" {}

data "aws_iam_session_context" "current" {
  arn = data.aws_caller_identity.current.arn
}
