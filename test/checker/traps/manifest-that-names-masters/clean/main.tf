module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "demo"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  manage_aws_auth_configmap = true
  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/ops"
      username = "ops"
      groups   = ["system:masters"]
    },
    {
      rolearn  = "arn:aws:iam::111122223333:role/dev"
      username = "dev"
      groups   = ["developers"]
    },
  ]
}
