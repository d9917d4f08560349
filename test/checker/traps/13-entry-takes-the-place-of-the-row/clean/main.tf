module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  access_entries = {
    deploy = {
      principal_arn     = "arn:aws:iam::111122223333:role/deploy"
      kubernetes_groups = ["deployers", "release-managers"]
      user_name         = "deploy"
    }
  }
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/deploy"
      username = "deploy"
      groups   = ["deployers", "release-managers"]
    },
  ]
}
