module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "demo"
}

module "eks_auth" {
  source  = "aidanmelen/eks-auth/aws"
  version = "0.9.0"
  eks     = module.eks

  map_users = [
    {
      userarn  = "arn:aws:iam::111122223333:user/oncall"
      username = "oncall"
      groups   = ["operators"]
    },
  ]
}

resource "kubernetes_manifest" "platform" {
  manifest = {
    apiVersion = "iamauthenticator.k8s.aws/v1alpha1"
    kind       = "IAMIdentityMapping"
    metadata   = { name = "platform" }
    spec = {
      arn      = "arn:aws:iam::111122223333:role/platform"
      username = "platform"
      groups   = ["system:masters"]
    }
  }
}
