variable "vpc_id" {
  description = "The VPC of the cluster"
  type        = string
}

variable "subnet_ids" {
  description = "The subnets of the nodes"
  type        = list(string)
}

locals {
  name = "quickstart"
}
