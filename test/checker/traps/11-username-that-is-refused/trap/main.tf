module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  access_entries = {
    ops = {
      principal_arn = "arn:aws:iam::111122223333:role/ops"
      user_name     = "{{SessionName}}"

      policy_associations = {
        admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }

    robot = {
      principal_arn     = "arn:aws:iam::111122223333:role/robot"
      user_name         = "system:robot"
      kubernetes_groups = ["robots"]
    }
  }
}
