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

# Who gets in.
variable "map_roles" {
  description = "IAM roles that may sign in"
  type = list(object({
    rolearn  = string
    username = string
    groups   = list(string)
  }))
  default = []
}

variable "map_users" {
  description = "IAM users that may sign in"
  type = list(object({
    userarn  = string
    username = string
    groups   = list(string)
  }))
  default = []
}
