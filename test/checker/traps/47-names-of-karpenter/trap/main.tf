module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = [
    {
      rolearn  = module.karpenter.iam_role_arn
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes"]
    },
  ]
}

module "karpenter" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "20.24.3"

  cluster_name = "platform"

  create_iam_role = false
  iam_role_arn    = aws_iam_role.nodes.arn
}

output "node_role" {
  value = module.karpenter.role_arn
}

resource "aws_iam_role" "nodes" {
  name               = "platform-nodes"
  assume_role_policy = file("${path.module}/ec2.json")
}
