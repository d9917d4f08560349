module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "shop-prod"
  authentication_mode = "API"

  access_entries = var.manage_aws_auth ? {
    platform = {
      principal_arn = "arn:aws:iam::111122223333:role/platform"
      policy_associations = {
        cluster_admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }
  } : {}
}

variable "manage_aws_auth" {
  type = bool
}
