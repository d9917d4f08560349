module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

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

    tools = {
      principal_arn     = aws_iam_role.tools.arn
      kubernetes_groups = ["tools"]
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

  cluster_name = module.eks.cluster_name

  create_access_entry = false
}

resource "aws_iam_role" "tools" {
  name               = "${module.eks.cluster_name}-tools"
  assume_role_policy = file("${path.module}/trust.json")
}
