provider "aws" {
  region = var.region
}

provider "kubernetes" {
  host                   = module.eks.cluster_endpoint
  cluster_ca_certificate = base64decode(module.eks.cluster_certificate_authority_data)

  exec {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "aws"
    args        = ["eks", "get-token", "--cluster-name", module.eks.cluster_name]
  }
}

locals {
  name    = "demo-eks-cluster"
  account = "111122223333"

  # Everybody who administers the cluster
  admins = [
    {
      rolearn  = "arn:aws:iam::${local.account}:role/AWSReservedSSO_AdministratorAccess_0123456789abcdef" # platform team
      username = "admin:{{SessionName}}"
      groups   = ["system:masters"]
    },
  ]
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name                   = local.name
  cluster_version                = "1.30"
  cluster_endpoint_public_access = true

  vpc_id     = var.vpc_id
  subnet_ids = var.private_subnet_ids

  eks_managed_node_groups = {
    general = {
      instance_types = ["m6i.large"]
      min_size       = 1
      max_size       = 3
      desired_size   = 2
    }
  }

  tags = {
    Environment = "demo"
  }

  authentication_mode = "API_AND_CONFIG_MAP"

  access_entries = {
    # platform team
    administrator_access = {
      principal_arn     = "arn:aws:iam::${local.account}:role/aws-reserved/sso.amazonaws.com/ap-northeast-2/AWSReservedSSO_AdministratorAccess_0123456789abcdef"
      type              = "STANDARD"
      kubernetes_groups = []
      user_name         = "admin:{{SessionName}}"
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
  }
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  create_aws_auth_configmap = true
  manage_aws_auth_configmap = true

  aws_auth_roles    = local.admins
  aws_auth_users    = []
  aws_auth_accounts = []
}
