module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  eks_managed_node_groups = {
    general = {
      instance_types = ["m6i.large"]
    }
  }

  access_entries = {
    platform = {
      principal_arn = "arn:aws:iam::111122223333:role/platform"

      policy_associations = {
        admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }

    general = {
      principal_arn = module.eks.eks_managed_node_groups["general"].iam_role_arn
      type          = "EC2_LINUX"
    }

    karpenter = {
      principal_arn = module.karpenter.node_iam_role_arn
      type          = "EC2_LINUX"
    }
  }
}

module "karpenter" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "20.24.3"

  cluster_name = "platform"
}
