variable "roles" {
  description = "Rows of mapRoles, as aws-auth has them: objects with rolearn, username and groups."
  type        = any
  default     = []
  nullable    = false
}

variable "users" {
  description = "Rows of mapUsers, as aws-auth has them: objects with userarn, username and groups."
  type        = any
  default     = []
  nullable    = false
}

variable "accounts" {
  description = "Account numbers of mapAccounts. It must be empty: no access entry stands for every principal of an account."
  type        = any
  default     = []
  nullable    = false
}

variable "roles_have_paths" {
  description = "Whether the role ARNs in roles have their paths, because whoever wrote aws-auth took the paths off afterwards. Otherwise a role ARN with a path is refused: aws-auth never matches it."
  type        = bool
  default     = false
  nullable    = false
}

variable "sso_path" {
  description = "Path of the roles of IAM Identity Center, for example \"/aws-reserved/sso.amazonaws.com/eu-west-1/\". Without it each of these roles is looked up in IAM by its name."
  type        = string
  default     = null
}

variable "node_types" {
  description = "Types of the access entries of nodes that neither EKS nor the eks module makes, by the ARN of the node role: EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX or HYPERPOD_LINUX."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "node_groups" {
  description = "Outputs of the eks module that have roles of nodes: eks_managed_node_groups, fargate_profiles and self_managed_node_groups. Each node row must be of one of these roles, since EKS or the module makes their entries."
  type        = any
  default     = []
  nullable    = false
}
