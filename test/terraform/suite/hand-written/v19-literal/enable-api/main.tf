# The shop's cluster. Ask #platform before you change who may use it.
module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name                   = "shop-prod"
  cluster_version                = "1.29"
  cluster_endpoint_public_access = true

  vpc_id     = var.vpc_id
  subnet_ids = var.private_subnet_ids

  eks_managed_node_groups = {
    default = {
      instance_types = ["m6i.large"]
      min_size       = 2
      max_size       = 6
    }
  }

  self_managed_node_groups = {
    # GPU nodes with an image of our own
    batch = {
      ami_id        = "ami-0a1b2c3d4e5f60718"
      instance_type = "g5.xlarge"

      create_access_entry = false
    }
  }

  fargate_profiles = {
    system = {
      selectors = [{ namespace = "kube-system" }]
    }
  }

  authentication_mode           = "API_AND_CONFIG_MAP"
  kms_key_enable_default_policy = false
  enable_auto_mode_custom_tags  = false

  tags = {
    team = "platform"
  }
}

# aws-auth configmap
module "eks_aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  manage_aws_auth_configmap = true

  aws_auth_roles = [
    {
      rolearn  = module.eks.eks_managed_node_groups["default"].iam_role_arn
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes"]
    },
    {
      rolearn  = module.eks.self_managed_node_groups["batch"].iam_role_arn
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes"]
    },
    {
      rolearn  = module.eks.fargate_profiles["system"].fargate_profile_pod_execution_role_arn
      username = "system:node:{{SessionName}}"
      groups   = ["system:bootstrappers", "system:nodes", "system:node-proxier"]
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
    # Developers: see rbac/developers.yaml
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
}

moved {
  from = module.eks.kubernetes_config_map.aws_auth[0]
  to   = module.eks_aws_auth.kubernetes_config_map.aws_auth[0]
}

moved {
  from = module.eks.kubernetes_config_map_v1_data.aws_auth[0]
  to   = module.eks_aws_auth.kubernetes_config_map_v1_data.aws_auth[0]
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
