module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name         = "demo"
  authentication_mode = "API"

  access_entries = {
    platform = {
      kubernetes_groups = ["platform"]
    }
  }
}
