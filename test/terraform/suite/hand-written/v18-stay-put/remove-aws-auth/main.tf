locals {
  cluster_name = "billing"
}

# Stays on 18.x until the node groups are on AL2023.
module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "18.31.2"

  cluster_name    = local.cluster_name
  cluster_version = "1.24"

  vpc_id     = var.vpc_id
  subnet_ids = var.private_subnets

  eks_managed_node_group_defaults = {
    disk_size      = 50
    instance_types = ["m5.xlarge"]
  }

  eks_managed_node_groups = {
    general = {
      min_size = 2
      max_size = 8
    }
  }

  self_managed_node_groups = {
    reports = {
      instance_type = "r5.2xlarge"
      max_size      = 4
    }
  }

  fargate_profiles = {
    coredns = {
      selectors = [
        { namespace = "kube-system", labels = { k8s-app = "kube-dns" } },
      ]
    }
  }

  manage_aws_auth_configmap = false

  aws_auth_roles = concat(
    [
      {
        rolearn  = "arn:aws:iam::111122223333:role/billing-admins" # the only way in, apart from CI
        username = "billing-admin"
        groups   = ["system:masters"]
      },
    ],
    var.extra_roles,
  )

  aws_auth_users = [
    {
      userarn  = "arn:aws:iam::111122223333:user/auditor"
      username = "auditor"
      groups   = ["view-everything"]
    },
  ]

  aws_auth_accounts = []
}
