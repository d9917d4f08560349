# Stand-in of aidanmelen/eks-auth/aws 1.0.0: the same inputs and addresses. It does not wait for the cluster.

variable "eks" {
  type = any
}

variable "wait_for_cluster_timeout" {
  type    = number
  default = 300
}

variable "map_accounts" {
  type    = list(string)
  default = []
}

variable "map_roles" {
  type    = list(object({ rolearn = string, username = string, groups = list(string) }))
  default = []
}

variable "map_users" {
  type    = list(object({ userarn = string, username = string, groups = list(string) }))
  default = []
}

locals {
  of_nodes = try(yamldecode(yamldecode(var.eks.aws_auth_configmap_yaml).data.mapRoles), [])

  data = {
    mapRoles    = yamlencode(distinct(concat(local.of_nodes, var.map_roles)))
    mapUsers    = yamlencode(var.map_users)
    mapAccounts = yamlencode(var.map_accounts)
  }

  # EKS has the object where it makes node rows by itself.
  is_made_by_eks = length(var.eks.eks_managed_node_groups) > 0 || length(var.eks.fargate_profiles) > 0
}

resource "kubernetes_config_map_v1" "aws_auth" {
  count = local.is_made_by_eks ? 0 : 1

  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = local.data
}

resource "kubernetes_config_map_v1_data" "aws_auth" {
  count = local.is_made_by_eks ? 1 : 0

  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data  = local.data
  force = true
}

output "map_roles" {
  value = local.data.mapRoles
}
