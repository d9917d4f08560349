module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  access_entries = {
    platform = {
      principal_arn = "arn:aws:iam::111122223333:role/platform"
      username      = "platform"
      policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
    }

    developers = {
      principal_arn       = "arn:aws:iam::111122223333:role/developers"
      kubernetes_username = "developer"

      access_policy_associations = {
        edit = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy"
          access_scope = { type = "namespace", namespaces = ["payments"] }
        }
      }
    }
  }
}
