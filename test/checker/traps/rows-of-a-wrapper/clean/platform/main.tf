variable "access_entries" {
  type    = any
  default = {}
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "demo"
  authentication_mode = "API"
  access_entries      = var.access_entries
}
