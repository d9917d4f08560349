module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "~> 19.21"

  cluster_name    = var.name
  cluster_version = "1.28"

  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids

  self_managed_node_group_defaults = {
    instance_type = "m6i.large"
  }

  self_managed_node_groups = {
    a = {}
    b = { max_size = 8 }
  }

  create_aws_auth_configmap = false
  manage_aws_auth_configmap = false
}
