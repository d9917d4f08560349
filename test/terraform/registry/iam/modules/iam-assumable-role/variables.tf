variable "trusted_role_actions" {
  type    = list(string)
  default = []
}

variable "trusted_role_arns" {
  type    = list(string)
  default = []
}

variable "trusted_role_services" {
  type    = list(string)
  default = []
}

variable "mfa_age" {
  type    = number
  default = 86400
}

variable "max_session_duration" {
  type    = number
  default = 3600
}

variable "create_role" {
  type    = bool
  default = false
}

variable "create_instance_profile" {
  type    = bool
  default = false
}

variable "role_name" {
  type    = string
  default = null
}

variable "role_name_prefix" {
  type    = string
  default = null
}

variable "role_path" {
  type    = string
  default = "/"
}

variable "role_requires_mfa" {
  type    = bool
  default = true
}

variable "role_permissions_boundary_arn" {
  type    = string
  default = ""
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "custom_role_policy_arns" {
  type    = list(string)
  default = []
}

variable "custom_role_trust_policy" {
  type    = string
  default = ""
}

variable "create_custom_role_trust_policy" {
  type    = bool
  default = false
}

variable "number_of_custom_role_policy_arns" {
  type    = number
  default = null
}

variable "inline_policy_statements" {
  type    = any
  default = []
}

variable "inline_policy_json_document" {
  type    = string
  default = null
}

variable "admin_role_policy_arn" {
  type    = string
  default = null
}

variable "poweruser_role_policy_arn" {
  type    = string
  default = null
}

variable "readonly_role_policy_arn" {
  type    = string
  default = null
}

variable "attach_admin_policy" {
  type    = bool
  default = false
}

variable "attach_poweruser_policy" {
  type    = bool
  default = false
}

variable "attach_readonly_policy" {
  type    = bool
  default = false
}

variable "force_detach_policies" {
  type    = bool
  default = false
}

variable "role_description" {
  type    = string
  default = ""
}

variable "role_sts_externalid" {
  type    = any
  default = []
}

variable "allow_self_assume_role" {
  type    = bool
  default = false
}

variable "role_requires_session_name" {
  type    = bool
  default = false
}

variable "role_session_name" {
  type    = list(string)
  default = []
}
