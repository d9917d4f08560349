module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name         = "demo"
  authentication_mode = "API"

  cluster_compute_config = {
    enabled = true
  }

  access_entries = {
    auto_nodes = {
      principal_arn = "arn:aws:iam::111122223333:role/auto-nodes"
      type          = "EC2"
    }
  }
}
