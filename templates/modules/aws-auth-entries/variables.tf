variable "roles" {
  description = "Rows of mapRoles, as aws-auth has them: objects with rolearn, username and groups."
  type        = any
  default     = []
  nullable    = false
}

variable "roles_with_paths" {
  description = "Rows of mapRoles whose role ARNs have their paths, because whoever wrote aws-auth took the paths off afterwards. In roles a role ARN with a path is refused: aws-auth never matches it."
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

variable "sso_path" {
  description = "Path of the roles of IAM Identity Center, for example \"/aws-reserved/sso.amazonaws.com/eu-west-1/\". Without it each of these roles is looked up in IAM by its name."
  type        = string
  default     = null
}

variable "node_rows" {
  description = "Rows of mapRoles that are all of nodes: objects with rolearn. They become no entries, so that their ARNs need not be known when Terraform plans."
  type        = any
  default     = []
  nullable    = false
}

variable "node_types" {
  description = "Types of the access entries of nodes that neither EKS nor the eks module makes, by the ARN of the node role with its path: EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX or EC2. Each becomes an entry."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for type in values(var.node_types) : try(contains(["EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "EC2"], type), false)])
    error_message = "The type of a node role must be EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX or EC2."
  }

  validation {
    condition     = alltrue([for arn in keys(var.node_types) : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/([\\w+=,.@-]+/)*[\\w+=,.@-]+$", arn))])
    error_message = "The keys of node_types must be ARNs of IAM roles: no other principal has an entry of nodes."
  }

  validation {
    condition     = length(var.node_types) == length(distinct([for arn in keys(var.node_types) : replace(lower(arn), "/:role/.*//", ":role/")]))
    error_message = "A role must be in node_types once, with its path if it has one."
  }
}

variable "node_groups" {
  description = "What has the roles of nodes, in lists or maps: the outputs eks_managed_node_groups, fargate_profiles and self_managed_node_groups of the eks module. Each node row must be of one of these roles, since EKS or the module makes their entries."
  type        = any
  default     = []
  nullable    = false
}

variable "cluster_entries" {
  description = "All access entries of the cluster, in lists or maps: the output access_entries of the eks module, and resources aws_eks_access_entry. No principal may be there twice."
  type        = any
  default     = []
  nullable    = false
}
