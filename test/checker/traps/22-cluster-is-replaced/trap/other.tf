module "sandbox" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "sandbox"

  bootstrap_cluster_creator_admin_permissions = true
}
