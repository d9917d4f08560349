module "platform" {
  source = "../../modules/eks"

  cluster_name = "dev"
  vpc_id       = "vpc-0d1e2f3a4b5c6d7e8"
  subnet_ids   = ["subnet-0a1b2c3d4e5f60718", "subnet-08192a3b4c5d6e7f0"]

  map_roles = [
    # Everybody in the development account.
    {
      rolearn  = "arn:aws:iam::111122223333:role/developers"
      username = "developers"
      groups   = ["system:masters"]
    },
  ]

  access_entries = {
    # Everybody in the development account.
    developers = {
      principal_arn     = "arn:aws:iam::111122223333:role/developers"
      type              = "STANDARD"
      kubernetes_groups = []
      user_name         = "developers"
      policy_associations = {
        cluster_admin = {
          policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = {
            type       = "cluster"
            namespaces = []
          }
        }
      }
    }
  }
}
