module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name    = "shared-tools"
  cluster_version = "1.31"

  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids

  authentication_mode = "API_AND_CONFIG_MAP"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/platform"
      username = "platform"
      groups   = ["system:masters"]
    },
  ]

  # The data teams sign in with roles of their own accounts
  aws_auth_accounts = [
    "444455556666",
  ]
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}
