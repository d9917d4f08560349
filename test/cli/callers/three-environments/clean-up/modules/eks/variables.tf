variable "cluster_name" {
  description = "Name of the cluster"
  type        = string
}

variable "vpc_id" {
  description = "VPC of the cluster"
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the nodes"
  type        = list(string)
}

variable "access_entries" {
  description = "Access entries of the cluster by key, as access_entries of terraform-aws-modules/eks takes them"
  type        = any
  default     = {}
}
