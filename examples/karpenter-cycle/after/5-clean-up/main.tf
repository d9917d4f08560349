module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name    = "spot"
  cluster_version = "1.30"

  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids

  eks_managed_node_groups = {
    system = {
      instance_types = ["m6i.large"]
      min_size       = 2
      max_size       = 2
    }
  }

  authentication_mode = "API"
}

# Nodes that Karpenter starts
resource "aws_eks_access_entry" "karpenter" {
  cluster_name  = module.eks.cluster_name
  principal_arn = module.karpenter.node_iam_role_arn
  type          = "EC2_LINUX"
}

# The operators of this one cluster
resource "aws_eks_access_entry" "operators" {
  cluster_name      = module.eks.cluster_name
  principal_arn     = aws_iam_role.operators.arn
  type              = "STANDARD"
  kubernetes_groups = []
  user_name         = "operators"
}

resource "aws_eks_access_policy_association" "operators_cluster_admin" {
  cluster_name  = module.eks.cluster_name
  principal_arn = aws_eks_access_entry.operators.principal_arn
  policy_arn    = "arn:${split(":", aws_iam_role.operators.arn)[1]}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}

module "karpenter" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "20.24.3"

  cluster_name = module.eks.cluster_name

  # aws-auth has the row of the node role
  create_access_entry = false
}

resource "aws_iam_role" "operators" {
  name = "operators-of-spot"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Condition = {
          StringEquals = {
            "aws:PrincipalTag/cluster" = module.eks.cluster_name
          }
        }
      },
    ]
  })
}
