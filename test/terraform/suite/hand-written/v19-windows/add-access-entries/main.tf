locals {
  name   = "legacy-dotnet"
  region = "eu-central-1"
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "~> 20.37"

  cluster_name    = local.name
  cluster_version = "1.28"

  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids

  # Karpenter and the system pods run here
  eks_managed_node_groups = {
    system = {
      instance_types = ["m5.large"]
      min_size       = 2
      max_size       = 3
    }
  }

  self_managed_node_groups = {
    iis = {
      ami_type      = "WINDOWS_CORE_2019_x86_64"
      ami_id        = "ami-0f1e2d3c4b5a69788" # Windows_Server-2019-English-Core-EKS_Optimized-1.28
      instance_type = "m5.2xlarge"
      max_size      = 10

      iam_role_name            = "legacy-dotnet-iis"
      iam_role_use_name_prefix = false
    }
  }

  authentication_mode           = "API_AND_CONFIG_MAP"
  kms_key_enable_default_policy = false
  enable_auto_mode_custom_tags  = false

  access_entries = {
    dotnet_admins = {
      principal_arn     = "arn:aws:iam::111122223333:role/dotnet-admins"
      user_name         = "dotnet-admins"
      kubernetes_groups = []
      policy_associations = {
        admin = {
          policy_arn   = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }
    dotnet_ci = {
      principal_arn     = "arn:aws:iam::111122223333:role/dotnet-ci"
      user_name         = "dotnet-ci"
      kubernetes_groups = ["deployers"]
    }
  }
}

module "eks_aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.37"

  # The ConfigMap is ours: the cluster has had no managed nodes when it was made
  create_aws_auth_configmap = true
  manage_aws_auth_configmap = true

  aws_auth_roles = [
    {
      rolearn  = module.eks.eks_managed_node_groups["system"].iam_role_arn
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes"]
    },
    {
      rolearn  = module.karpenter.node_iam_role_arn
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["system:bootstrappers", "system:nodes"]
    },
    {
      rolearn  = module.eks.self_managed_node_groups["iis"].iam_role_arn
      username = "system:node:{{EC2PrivateDNSName}}"
      groups   = ["eks:kube-proxy-windows", "system:bootstrappers", "system:nodes"]
    },
    {
      rolearn  = "arn:aws:iam::111122223333:role/dotnet-admins"
      username = "dotnet-admins"
      groups   = ["system:masters"]
    },
    {
      rolearn  = "arn:aws:iam::111122223333:role/dotnet-ci"
      username = "dotnet-ci"
      groups   = ["deployers"]
    },
  ]
}

# The nodes that are not Windows come from here
module "karpenter" {
  source  = "terraform-aws-modules/eks/aws//modules/karpenter"
  version = "~> 20.37"

  cluster_name = module.eks.cluster_name

  irsa_oidc_provider_arn          = module.eks.oidc_provider_arn
  irsa_namespace_service_accounts = ["karpenter:karpenter"]

  node_iam_role_additional_policies = {
    ssm = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
  }

  enable_irsa             = true
  enable_pod_identity     = false
  create_instance_profile = true
  iam_role_name           = "KarpenterIRSA-${module.eks.cluster_name}"
  iam_role_description    = "Karpenter IAM role for service account"
  iam_policy_name         = "KarpenterIRSA-${module.eks.cluster_name}"
  iam_policy_description  = "Karpenter IAM role for service account"
}

moved {
  from = module.eks.kubernetes_config_map.aws_auth[0]
  to   = module.eks_aws_auth.kubernetes_config_map.aws_auth[0]
}

moved {
  from = module.eks.kubernetes_config_map_v1_data.aws_auth[0]
  to   = module.eks_aws_auth.kubernetes_config_map_v1_data.aws_auth[0]
}
