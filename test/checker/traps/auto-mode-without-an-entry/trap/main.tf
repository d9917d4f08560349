module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name         = "demo"
  authentication_mode = "API"

  cluster_compute_config = {
    enabled = true
  }
}
