module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "demo"

  access_entries = {
    oncall = {
      principal_arn     = "arn:aws:iam::111122223333:user/oncall"
      kubernetes_groups = ["operators"]
      user_name         = "oncall"
    }
  }
}

module "eks_auth" {
  source  = "aidanmelen/eks-auth/aws"
  version = "0.9.0"
  eks     = module.eks

  map_users = []
}
