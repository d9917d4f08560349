variable "region" {
  description = "The region of the cluster"
  type        = string
  default     = "ap-northeast-2"
}

variable "vpc_id" {
  description = "The VPC of the cluster"
  type        = string
}

variable "private_subnet_ids" {
  description = "The subnets of the nodes"
  type        = list(string)
}
