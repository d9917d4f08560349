module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  access_entries = {
    platform = {
      principal_arn     = "arn:aws:iam::111122223333:role/platform"
      kubernetes_groups = ["system:masters"]
    }

    developers = {
      principal_arn     = "arn:aws:iam::111122223333:role/developers"
      kubernetes_groups = ["developers"]
    }
  }
}
