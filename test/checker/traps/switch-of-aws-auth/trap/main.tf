module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "shop-prod"
  authentication_mode = "API"

  access_entries = merge(
    !var.cold_start ? {
      platform = {
        principal_arn = "arn:aws:iam::111122223333:role/platform"
        policy_associations = {
          cluster_admin = {
            policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
            access_scope = { type = "cluster" }
          }
        }
      }
    } : {},
    !var.cold_start ? {
      viewers = {
        principal_arn     = "arn:aws:iam::111122223333:role/viewers"
        kubernetes_groups = ["viewers"]
      }
    } : {},
  )
}

variable "cold_start" {
  type = bool
}
