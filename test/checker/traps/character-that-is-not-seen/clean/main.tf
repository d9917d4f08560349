module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "platform"

  access_entries = {
    viewers = {
      principal_arn     = "arn:aws:iam::111122223333:role/viewers"
      user_name         = "viewer"
      kubernetes_groups = ["viewers"]
    }
  }
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true

  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/developers"
      username = "developer"
      groups   = ["developers"]
    },
  ]
}
