module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name         = "demo"
  authentication_mode = "API"

  access_entries = {
    platform = {
      principal_arn     = "arn:aws:iam::111122223333:role/platform"
      kubernetes_groups = ["platform"]

      tags = {
        team = "platform"
      }
    }
  }
}
