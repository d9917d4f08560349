locals {
  # Each group's own value, then the defaults variable, which 21.0.0 dropped.
  managed_defaults      = var.eks_managed_node_group_defaults  #: <21.0.0
  managed_defaults      = {}                                   #: >=21.0.0
  self_managed_defaults = var.self_managed_node_group_defaults #: <21.0.0
  self_managed_defaults = {}                                   #: >=21.0.0
  fargate_defaults      = var.fargate_profile_defaults         #: <21.0.0
  fargate_defaults      = {}                                   #: >=21.0.0

  cluster_of_nodes = local.create ? aws_eks_cluster.this[0].name : null              #: <19.0.0
  cluster_of_nodes = local.create ? time_sleep.this[0].triggers["cluster_name"] : null #: >=19.0.0 <21.0.0
  cluster_of_nodes = local.create ? time_sleep.this[0].triggers["name"] : null         #: >=21.0.0

  oidc_issuer = local.create && var.enable_irsa ? "oidc.eks.${split(":", aws_eks_cluster.this[0].arn)[3]}.amazonaws.com/id/${upper(md5(local.cluster_name))}" : null
}

#: begin >=19.0.0
# A new trigger replaces it, and nothing else.
resource "time_sleep" "this" {
  count = var.create ? 1 : 0

  create_duration = var.dataplane_wait_duration

  triggers = {
    #: begin <21.0.0
    cluster_name         = aws_eks_cluster.this[0].name
    cluster_endpoint     = aws_eks_cluster.this[0].endpoint
    cluster_version      = aws_eks_cluster.this[0].version
    cluster_service_cidr = aws_eks_cluster.this[0].kubernetes_network_config[0].service_ipv4_cidr #: >=20.5.3

    cluster_certificate_authority_data = aws_eks_cluster.this[0].certificate_authority[0].data
    #: end
    #: begin >=21.0.0
    name               = aws_eks_cluster.this[0].id
    endpoint           = aws_eks_cluster.this[0].endpoint
    kubernetes_version = aws_eks_cluster.this[0].version
    service_cidr       = aws_eks_cluster.this[0].kubernetes_network_config[0].service_ipv4_cidr

    certificate_authority_data = aws_eks_cluster.this[0].certificate_authority[0].data
    #: end
  }
}
#: end

module "eks_managed_node_group" {
  source   = "./modules/eks-managed-node-group"
  for_each = { for key, group in var.eks_managed_node_groups : key => group if local.create }          #: <21.0.0
  for_each = try({ for key, group in var.eks_managed_node_groups : key => group if local.create }, {}) #: >=21.0.0

  create       = try(coalesce(each.value.create), true)
  region       = var.region #: >=21.0.0
  cluster_name = local.cluster_of_nodes
  name         = try(coalesce(each.value.name), each.key)
  subnet_ids   = try(coalescelist(each.value.subnet_ids), coalescelist(local.managed_defaults.subnet_ids), var.subnet_ids)
  min_size     = try(coalesce(each.value.min_size), coalesce(local.managed_defaults.min_size), 1)
  ami_type     = try(coalesce(each.value.ami_type), coalesce(local.managed_defaults.ami_type), null)
  platform     = try(coalesce(each.value.platform), coalesce(local.managed_defaults.platform), "linux") #: <21.0.0

  create_iam_role          = try(coalesce(each.value.create_iam_role), coalesce(local.managed_defaults.create_iam_role), true)
  iam_role_arn             = try(coalesce(each.value.iam_role_arn), coalesce(local.managed_defaults.iam_role_arn), null)
  iam_role_name            = try(coalesce(each.value.iam_role_name), coalesce(local.managed_defaults.iam_role_name), null)
  iam_role_use_name_prefix = try(coalesce(each.value.iam_role_use_name_prefix), coalesce(local.managed_defaults.iam_role_use_name_prefix), true)
  iam_role_path            = try(coalesce(each.value.iam_role_path), coalesce(local.managed_defaults.iam_role_path), null)

  tags = var.tags
}

module "self_managed_node_group" {
  source   = "./modules/self-managed-node-group"
  for_each = { for key, group in var.self_managed_node_groups : key => group if local.create }          #: <21.0.0
  for_each = try({ for key, group in var.self_managed_node_groups : key => group if local.create }, {}) #: >=21.0.0

  create       = try(coalesce(each.value.create), true)
  region       = var.region #: >=21.0.0
  cluster_name = local.cluster_of_nodes
  name         = try(coalesce(each.value.name), each.key)
  ami_type     = try(coalesce(each.value.ami_type), coalesce(local.self_managed_defaults.ami_type), null)         #: >=20.9.0
  platform     = try(coalesce(each.value.platform), coalesce(local.self_managed_defaults.platform), "linux") #: <20.14.0
  platform     = try(coalesce(each.value.platform), coalesce(local.self_managed_defaults.platform), null)    #: >=20.14.0 <21.0.0

  create_iam_instance_profile = try(coalesce(each.value.create_iam_instance_profile), coalesce(local.self_managed_defaults.create_iam_instance_profile), true)
  iam_role_name               = try(coalesce(each.value.iam_role_name), coalesce(local.self_managed_defaults.iam_role_name), null)
  iam_role_use_name_prefix    = try(coalesce(each.value.iam_role_use_name_prefix), coalesce(local.self_managed_defaults.iam_role_use_name_prefix), true)
  iam_role_path               = try(coalesce(each.value.iam_role_path), coalesce(local.self_managed_defaults.iam_role_path), null)
  create_access_entry         = try(coalesce(each.value.create_access_entry), coalesce(local.self_managed_defaults.create_access_entry), true) #: >=20.0.0
  iam_role_arn                = try(coalesce(each.value.iam_role_arn), coalesce(local.self_managed_defaults.iam_role_arn), null)               #: >=20.0.0

  tags = var.tags
}

module "fargate_profile" {
  source   = "./modules/fargate-profile"
  for_each = { for key, profile in var.fargate_profiles : key => profile if local.create }          #: <21.0.0
  for_each = try({ for key, profile in var.fargate_profiles : key => profile if local.create }, {}) #: >=21.0.0

  create       = try(coalesce(each.value.create), true)
  region       = var.region #: >=21.0.0
  cluster_name = local.cluster_of_nodes
  name         = try(coalesce(each.value.name), each.key)
  subnet_ids   = try(coalescelist(each.value.subnet_ids), coalescelist(local.fargate_defaults.subnet_ids), var.subnet_ids)
  selectors    = try(coalescelist(each.value.selectors), coalescelist(local.fargate_defaults.selectors), [])

  create_iam_role          = try(coalesce(each.value.create_iam_role), coalesce(local.fargate_defaults.create_iam_role), true)
  iam_role_arn             = try(coalesce(each.value.iam_role_arn), coalesce(local.fargate_defaults.iam_role_arn), null)
  iam_role_name            = try(coalesce(each.value.iam_role_name), coalesce(local.fargate_defaults.iam_role_name), null)
  iam_role_use_name_prefix = try(coalesce(each.value.iam_role_use_name_prefix), coalesce(local.fargate_defaults.iam_role_use_name_prefix), true)
  iam_role_path            = try(coalesce(each.value.iam_role_path), coalesce(local.fargate_defaults.iam_role_path), null)

  tags = var.tags
}
