module "platform" {
  source = "../../modules/eks"

  cluster_name = "staging"
  vpc_id       = "vpc-0aa1bb2cc3dd4ee5f"
  subnet_ids   = ["subnet-0f1e2d3c4b5a69788", "subnet-0796857463524130f"]

  access_entries = {
    release_managers = {
      principal_arn       = "arn:aws:iam::222233334444:role/release-managers"
      type                = "STANDARD"
      kubernetes_groups   = ["release"]
      user_name           = "release-managers"
      policy_associations = {}
    }
    ci = {
      principal_arn     = "arn:aws:iam::222233334444:role/ci"
      type              = "STANDARD"
      kubernetes_groups = []
      user_name         = "ci"
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
