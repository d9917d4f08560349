output "access_entries" {
  description = "Access entries for the argument access_entries of the eks module, by the principal's ARN in lower case, as aws-auth has it."
  value       = merge(local.entries, local.node_entries)

  # No entry is made while a row has no counterpart, so that nobody loses access unseen.
  precondition {
    condition     = length(local.refused) == 0
    error_message = "No access entry can stand for these rows of aws-auth. ${join(" ", [for what, arns in local.refused : "They have ${what} (${join(", ", arns)})."])}"
  }

  precondition {
    condition     = length(var.accounts) == 0
    error_message = "mapAccounts has no counterpart in access entries: each principal of these accounts needs an entry of its own."
  }
}

output "node_role_arns" {
  description = "Roles of nodes among the rows, in lower case. Their entries are made by EKS or by the eks module."
  value       = local.node_role_arns
}

# Apart from the entries: a node group may be new in this plan, and then its role is not known.
output "node_rows" {
  description = "Without a value. It fails the plan while a node row has no entry."
  value       = null

  precondition {
    condition     = length(local.nobodys_nodes) == 0
    error_message = "Rows of nodes whose access entries neither EKS nor the eks module makes: ${join(", ", local.nobodys_nodes)}. Name the type of each in node_types. Leave the rows where they are while aws-auth is in use: without them the nodes cannot join."
  }

  precondition {
    condition     = length(setintersection(local.typed_roles, local.group_roles)) == 0
    error_message = "Roles in node_types whose access entries EKS or the eks module makes: ${join(", ", setintersection(local.typed_roles, local.group_roles))}. Remove them from node_types."
  }

  precondition {
    condition     = length(local.people_of_groups) == 0
    error_message = "Rows with rights of people whose roles are those of node groups: ${join(", ", local.people_of_groups)}. EKS or the eks module makes the entry of such a role, with neither a user name nor groups, and a second one fails with 409 ResourceInUseException. Give these rights to another role."
  }
}

output "one_entry_per_principal" {
  description = "Without a value. It fails the plan while a principal has an entry of these rows and one that is written out."
  value       = null

  precondition {
    condition     = length(local.repeated_principals) == 0
    error_message = "Principals with two access entries, one of a row of aws-auth and one that is written out: ${join(", ", local.repeated_principals)}. EKS takes one entry for each principal: remove the row, or the entry."
  }
}

locals {
  cluster_principals = [
    for principal in flatten([
      for entries in var.cluster_entries : [for entry in entries : entry == null ? null : entry.principal_arn] if entries != null
    ]) : lower(principal) if principal != null
  ]

  repeated_principals = [
    for principal, entries in { for principal in local.cluster_principals : principal => principal... } : principal
    if length(entries) > 1
  ]

  # An item with another shape is an error, since nothing would be compared.
  handed_over = [
    for row in var.node_rows : row == null ? null : row.rolearn == null ? null : row.rolearn == "" ? null : lower(row.rolearn)
  ]

  node_role_arns = toset([
    for arn in concat(keys(local.nodes), local.handed_over) :
    arn if arn == null ? false : !contains(local.typed_roles, replace(arn, local.path, ":role/"))
  ])

  nobodys_nodes = [
    for arn in local.node_role_arns : arn if !contains(local.group_roles, replace(arn, local.path, ":role/"))
  ]

  people_of_groups = [
    for principal, row in local.people : row.arn if contains(local.group_roles, replace(principal, local.path, ":role/"))
  ]

  # Roles of node groups, without their path.
  group_roles = [
    for arn in flatten([
      for groups in var.node_groups : [
        for group in groups : [try(group.iam_role_arn, null), try(group.fargate_profile_pod_execution_role_arn, null)]
      ] if groups != null
    ]) : replace(lower(arn), local.path, ":role/") if arn != null
  ]
}
