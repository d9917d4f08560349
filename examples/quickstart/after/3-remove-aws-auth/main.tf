module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name    = local.name
  cluster_version = "1.30"

  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids

  eks_managed_node_groups = {
    default = {
      instance_types = ["m6i.large"]
      min_size       = 2
      max_size       = 4
    }
  }

  authentication_mode = "API_AND_CONFIG_MAP"

  access_entries = {
    # Platform team, through IAM Identity Center
    platform_admin = {
      principal_arn     = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_PlatformAdmin_0a1b2c3d4e5f6071"
      type              = "STANDARD"
      kubernetes_groups = []
      user_name         = "platform-admin:{{SessionName}}"
      policy_associations = {
        cluster_admin = {
          policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = {
            type       = "cluster"
            namespaces = []
          }
        }
      }
    }
    # the pipeline of this repository
    deploy = {
      principal_arn     = aws_iam_role.deploy.arn
      type              = "STANDARD"
      kubernetes_groups = []
      user_name         = "deploy"
      policy_associations = {
        cluster_admin = {
          policy_arn = "arn:${split(":", aws_iam_role.deploy.arn)[1]}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = {
            type       = "cluster"
            namespaces = []
          }
        }
      }
    }
    # Developers read everything and write in their own namespaces (see rbac/developers.yaml)
    developer = {
      principal_arn       = "arn:aws:iam::111122223333:role/developers"
      type                = "STANDARD"
      kubernetes_groups   = ["developers", "viewers"]
      user_name           = "developer"
      policy_associations = {}
    }
    # On call, until the phone application can assume roles
    oncall = {
      principal_arn       = "arn:aws:iam::111122223333:user/oncall"
      type                = "STANDARD"
      kubernetes_groups   = ["viewers"]
      user_name           = "oncall"
      policy_associations = {}
    }
  }
}

# Who may use the cluster. Ask #platform before you add a row.
module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = false

  aws_auth_roles = [
    # Nodes of the default group
    {
      rolearn  = module.eks.eks_managed_node_groups["default"].iam_role_arn
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes"]
    },
    # Platform team, through IAM Identity Center
    {
      rolearn  = "arn:aws:iam::111122223333:role/AWSReservedSSO_PlatformAdmin_0a1b2c3d4e5f6071"
      username = "platform-admin:{{SessionName}}"
      groups   = ["system:masters"]
    },
    {
      rolearn  = aws_iam_role.deploy.arn # the pipeline of this repository
      username = "deploy"
      groups   = ["system:masters"]
    },
    # Developers read everything and write in their own namespaces (see rbac/developers.yaml)
    {
      rolearn  = "arn:aws:iam::111122223333:role/developers"
      username = "developer"
      groups   = ["developers", "viewers"]
    },
  ]

  aws_auth_users = [
    # On call, until the phone application can assume roles
    {
      userarn  = "arn:aws:iam::111122223333:user/oncall"
      username = "oncall"
      groups   = ["viewers"]
    },
  ]

  aws_auth_accounts = []
}

resource "aws_iam_role" "deploy" {
  name               = "deploy"
  assume_role_policy = data.aws_iam_policy_document.deploy.json
}

data "aws_iam_policy_document" "deploy" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }
}
