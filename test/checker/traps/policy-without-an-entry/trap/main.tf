module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name         = "demo"
  authentication_mode = "API"

  access_entries = {
    platform = {
      principal_arn     = "arn:aws:iam::111122223333:role/platform"
      kubernetes_groups = ["platform"]
    }
  }
}

resource "aws_eks_access_policy_association" "audit" {
  cluster_name  = module.eks.cluster_name
  principal_arn = "arn:aws:iam::111122223333:role/audit"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"

  access_scope {
    type = "cluster"
  }
}
