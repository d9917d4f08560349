# aws-auth-entries 1, written by tf-access-entries. Do not edit: the next run compares this file with its own.

locals {
  # What is handed over, the users before the roles: of several rows with one principal the last counts.
  given = concat(
    [for index, row in var.users : { row = row, arn = try(row.userarn, null), kind = "user", where = try("users[${index}]", "users") }],
    [for index, row in var.roles : { row = row, arn = try(row.rolearn, null), kind = "role", where = try("roles[${index}]", "roles") }],
    [for index, row in var.roles_with_paths : {
      row = row, arn = try(row.rolearn, null), kind = "role_with_path", where = try("roles_with_paths[${index}]", "roles_with_paths")
    }],
  )

  # All rows in one shape. A row without an ARN grants nothing, so it becomes nothing. Whether a row is there is told by its
  # ARN alone, and not by its keys: old Terraform does not know them while one of the values is unknown.
  rows = [
    for given in local.given : {
      arn      = given.arn
      kind     = given.kind
      username = try(coalesce(tostring(given.row.username)), null)
      groups = try(
        can(keys(given.row.groups)) ? [] : [for group in given.row.groups : tostring(group) if group != null],
        []
      )
      is_listed = try(given.row.groups, null) == null ? true : can(tolist(given.row.groups)) && !can(keys(given.row.groups))
      is_text = alltrue([
        for value in concat([try(given.row.username, null)], try([for group in given.row.groups : group], [])) :
        try(value == tostring(value), false)
      ])
    } if try(given.arn == tostring(given.arn), false) ? try(given.arn != null && given.arn != "", false) : false
  ]

  # aws-auth is read without regard to case, so that "roleARN" is a key too, and it is another one to Terraform.
  keys = ["rolearn", "userarn", "username", "groups"]

  # The row in force of each principal. Of two spellings among the users it is chance which one counts, and which list
  # of roles came last is not known here.
  in_force = {
    for principal, rows in { for row in local.rows : lower(row.arn) => row... } :
    principal => merge(rows[length(rows) - 1], {
      spellings = alltrue([for row in rows : row.kind == "user"]) ? length(distinct(rows[*].arn)) : 1
      kinds     = length(distinct([for row in rows : row.kind if row.kind != "user"]))
    })
  }

  # A row of nodes is told by its own text: nothing of the cluster decides which entries there are. It is one of people as soon
  # as its user name or its groups say so, so that the other may be unknown until the apply.
  node_usernames = ["system:node:{{EC2PrivateDNSName}}", "system:node:{{SessionName}}"]
  node_groups    = ["system:bootstrappers", "system:nodes", "system:node-proxier", "eks:kube-proxy-windows"]

  ec2_groups     = ["system:bootstrappers system:nodes", "eks:kube-proxy-windows system:bootstrappers system:nodes"]
  session_groups = ["system:bootstrappers system:nodes", "system:bootstrappers system:node-proxier system:nodes"]

  has_node_username = {
    for principal, row in local.in_force : principal => row.username == null ? false : contains(local.node_usernames, row.username)
  }
  has_node_groups = {
    for principal, row in local.in_force : principal => anytrue([for group in row.groups : contains(local.node_groups, group)])
  }
  is_of_people = {
    for principal, row in local.in_force : principal => anytrue([
      !local.has_node_username[principal],
      !local.has_node_groups[principal],
    ])
  }
  nodes  = { for principal, row in local.in_force : principal => row if !local.is_of_people[principal] }
  people = { for principal, row in local.in_force : principal => row if local.is_of_people[principal] }

  # Rows with something of nodes that are none, or are more. system:masters beside a group of nodes makes an administrator of it.
  half_nodes = {
    for principal, row in local.in_force : principal => row
    if !local.has_node_username[principal] ? local.has_node_groups[principal] && !contains(row.groups, "system:masters") : (
      !can(regex(":role/", row.arn)) ? true : !contains(
        row.username == local.node_usernames[0] ? local.ec2_groups : local.session_groups,
        join(" ", sort(row.groups)),
      )
    )
  }

  # The usernames that an entry takes: no reserved prefix, no template but that of the session, behind a colon. An IAM user
  # has no session, and what an entry makes of its template is not documented.
  usernames = {
    for principal, row in local.people : principal => row.username == null ? null : anytrue([
      can(regex("^(system|eks|aws|amazon|iam):", row.username)),
      can(regex("^[^:]*\\{\\{[^{}]*\\}\\}", row.username)),
      can(regex("\\{\\{[^{}]*\\}\\}", can(regex(":user/", row.arn)) ? row.username : replace(row.username, "/\\{\\{SessionName(Raw)?\\}\\}/", ""))),
    ]) ? null : row.username
  }

  # Each role of IAM Identity Center has a suffix. 16 hex digits in every role seen; no page of AWS promises the number.
  sso_role = ":role/AWSReservedSSO_.+_[0-9a-fA-F]{12,20}$"

  # The names of roles of IAM Identity Center that aws-auth has without their path, by principal.
  sso_roles = {
    for principal, row in local.people : principal => split(":role/", row.arn)[1]
    if var.sso_path == null ? can(regex(local.sso_role, row.arn)) : false
  }

  arns = {
    for principal, row in local.people : principal => (
      contains(keys(local.sso_roles), principal)
      ? one(data.aws_iam_roles.sso[principal].arns)
      : replace(row.arn, ":role/AWSReservedSSO_", ":role${coalesce(var.sso_path, "/")}AWSReservedSSO_")
    )
  }

  # system:masters becomes a policy. Other groups stay, but for those that are reserved or empty.
  entries = {
    for principal, row in local.people : principal => {
      principal_arn     = local.arns[principal]
      type              = "STANDARD"
      kubernetes_groups = [for group in row.groups : group if group != "" && !can(regex("^(system|eks|aws|amazon|iam):", group))]
      user_name         = local.usernames[principal]
      policy_associations = contains(row.groups, "system:masters") ? {
        cluster_admin = {
          policy_arn = "arn:${try(split(":", row.arn)[1], "aws")}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = {
            type       = "cluster"
            namespaces = []
          }
        }
      } : {}
    }
  }

  # aws-auth has roles without their path, and an entry has it. A role's name is its own in an account, whatever the path.
  path        = "/:role/.*//"
  typed_roles = [for arn in keys(var.node_types) : replace(lower(arn), local.path, ":role/")]

  node_entries = {
    for arn, type in var.node_types : lower(arn) => {
      principal_arn       = arn
      type                = type
      kubernetes_groups   = null
      user_name           = null
      policy_associations = {}
    }
  }

  # The rows that no entry can stand for, by what they have, and what settles it.
  refused = {
    for what, arns in {
      "a map or an object around them, which aws-auth cannot read: write a list" = [
        for name, rows in { users = var.users, roles = var.roles, roles_with_paths = var.roles_with_paths } : name if can(keys(rows))
      ]
      "no keys, since they are no objects: write rolearn or userarn, username and groups" = [
        for given in local.given : given.where if given.row == null ? false : !can(keys(given.row))
      ]
      "an ARN that is no string: write one" = [
        for given in local.given : given.where if !try(given.arn == tostring(given.arn), false)
      ]
      "a key in another spelling than rolearn, userarn, username or groups: write it so" = [
        for given in local.given : given.where
        if anytrue([for key in try(keys(given.row), []) : contains(local.keys, lower(key)) && !contains(local.keys, key)])
      ]
      "a permission set (sso), which not every authenticator reads: write the ARN of its role alone" = [
        for given in local.given : given.where
        if anytrue([for key in try(keys(given.row), []) : lower(key) == "sso" && try(given.row[key], null) != null])
      ]
      "groups that are no list, which aws-auth cannot read: write a list" = [
        for row in local.in_force : row.arn if !row.is_listed
      ]
      "a user name or a group that is no string, which aws-auth cannot read: write it in quotes" = [
        for row in local.in_force : row.arn if row.is_listed ? !row.is_text : false
      ]
      "no ARN of an IAM role or user: write the ARN of one" = [
        for row in local.in_force : row.arn
        if !can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(role|user)/([\\w+=,.@-]+/)*[\\w+=,.@-]+$", row.arn))
      ]
      "a service-linked role, which no entry takes: remove the row" = [
        for row in local.in_force : row.arn if can(regex("(?i):role/(.*/)?AWSServiceRoleFor", row.arn))
      ]
      "a role with its path, which aws-auth never matches: remove the row, or hand it over in roles_with_paths where the path is taken off later" = [
        for row in local.in_force : row.arn
        if row.kind == "role_with_path" ? false : can(regex(":role/.+/", row.arn))
      ]
      "the user name or a group of nodes, and not all that a node has or more than it has: keep the rights of nodes and of people apart" = [
        for row in local.half_nodes : row.arn
      ]
      "rights of people, and a type of nodes in node_types: remove one" = [
        for row in local.people : row.arn if contains(local.typed_roles, replace(lower(row.arn), local.path, ":role/"))
      ]
      "rows both in roles and in roles_with_paths: remove one" = [
        for row in local.in_force : row.arn if row.kinds > 1
      ]
      "the name of a role of Identity Center without its suffix, which no role has: write the whole name, or remove the row" = [
        for row in local.people : row.arn
        if can(regex("(?i):role/AWSReservedSSO_", row.arn)) ? !can(regex("(?i)${local.sso_role}", row.arn)) : false
      ]
      "two spellings among the users: remove one" = [
        for row in local.in_force : row.arn if row.spellings > 1
      ]
      "a group with a template, or almost system:masters: write it out" = [
        for row in local.people : row.arn
        if anytrue([
          for group in row.groups :
          group == "system:masters" ? false : can(regex("\\{\\{[^{}]*\\}\\}|(?i)^\\s*system:masters?\\s*$", group))
        ])
      ]
      "a reserved group, which no entry takes: bind the role to a group of another name" = [
        for principal, row in local.people : row.arn
        if contains(row.groups, "system:masters") || contains(keys(local.half_nodes), principal) ? false : anytrue([
          for group in row.groups :
          group == "system:authenticated" ? false : can(regex("^(system|eks|aws|amazon|iam):", group))
        ])
      ]
      "a username that an entry refuses: write another one" = [
        for principal, row in local.people : row.arn
        if row.username == null || contains(row.groups, "system:masters") || contains(keys(local.half_nodes), principal) ? false : (
          local.usernames[principal] == null
        )
      ]
    } : what => distinct(arns) if length(arns) > 0
  }
}

data "aws_iam_roles" "sso" {
  for_each = local.sso_roles

  name_regex  = "^${replace(each.value, "/[.+]/", "\\$0")}$"
  path_prefix = "/aws-reserved/sso.amazonaws.com/"

  lifecycle {
    postcondition {
      condition     = length(self.arns) == 1 && alltrue([for arn in self.arns : split(":", arn)[4] == split(":", each.key)[4]])
      error_message = "IAM has no role ${each.value} of Identity Center in this account, so that its path is unknown. Set sso_path, or remove the row."
    }
  }
}
