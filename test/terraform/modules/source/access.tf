#: begin >=21.0.0
variable "access_entries" {
  type = map(object({
    principal_arn     = string
    type              = optional(string, "STANDARD")
    user_name         = optional(string)
    kubernetes_groups = optional(list(string))
    tags              = optional(map(string), {})

    # Without a default an entry that leaves it out is a null in the loop below. #: <21.0.7
    # https://github.com/terraform-aws-modules/terraform-aws-eks/pull/3464 #: <21.0.7
    policy_associations = optional(map(object({ policy_arn = string, access_scope = object({ type = string, namespaces = optional(list(string)) }) })))     #: <21.0.7
    policy_associations = optional(map(object({ policy_arn = string, access_scope = object({ type = string, namespaces = optional(list(string)) }) })), {}) #: >=21.0.7
  }))
  default = {}
}

#: end
#: begin >=20.0.0
locals {
  # For these types the association's fields are left out, so that a policy on one of
  # them ends in "Unsupported attribute".
  # https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3280
  types_without_policies = ["EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX"]                        #: <20.31.0
  types_without_policies = ["EC2", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX"] #: >=20.31.0 <20.33.1
  types_without_policies = ["EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX"]        #: >=20.33.1

  creator_entry = {
    cluster_creator = {
      principal_arn = local.runner_arn
      type          = "STANDARD"
      policy_associations = {
        admin = {
          policy_arn   = "arn:${local.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
          access_scope = { type = "cluster" }
        }
      }
    }
  }

  # An entry of the caller under the key cluster_creator wins.
  entries = merge(
    { for key, entry in local.creator_entry : key => entry if var.enable_cluster_creator_admin_permissions },
    var.access_entries,
  )

  associations = { for item in flatten([
    for key, entry in local.entries : [
      for policy_key, policy in lookup(entry, "policy_associations", {}) : merge( #: <21.0.0
      for policy_key, policy in try(entry.policy_associations, {}) : merge(       #: >=21.0.0 <21.0.7
      for policy_key, policy in entry.policy_associations : merge(                #: >=21.0.7
        { key = "${key}_${policy_key}", entry = entry, principal_arn = entry.principal_arn },
        { for name, value in {
          policy_arn = policy.policy_arn
          scope_type = policy.access_scope.type
          namespaces = try(policy.access_scope.namespaces, [])   #: <21.0.0
          namespaces = try(policy.access_scope.namespaces, null) #: >=21.0.0
        } : name => value if !contains(local.types_without_policies, lookup(entry, "type", "STANDARD")) },
      )
    ]
  ]) : item.key => item }
}

resource "aws_eks_access_entry" "this" {
  # One entry per policy, none for an entry without policies. #: <20.0.1
  for_each = { for key, item in local.associations : key => item.entry if local.create } #: <20.0.1
  for_each = { for key, entry in local.entries : key => entry if local.create }          #: >=20.0.1

  region = var.region #: >=21.0.0

  cluster_name  = aws_eks_cluster.this[0].name #: <20.30.0
  cluster_name  = aws_eks_cluster.this[0].id   #: >=20.30.0
  principal_arn = each.value.principal_arn
  type          = try(each.value.type, "STANDARD")
  user_name     = try(each.value.user_name, null)

  # The empty list never settles on node types. #: <20.1.1
  # https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2896 #: <20.1.1
  kubernetes_groups = try(each.value.kubernetes_groups, [])   #: <20.1.1
  kubernetes_groups = try(each.value.kubernetes_groups, null) #: >=20.1.1

  tags = merge(var.tags, try(each.value.tags, {}))
}

resource "aws_eks_access_policy_association" "this" {
  for_each = { for key, item in local.associations : key => item if local.create }

  region = var.region #: >=21.0.0

  cluster_name  = aws_eks_cluster.this[0].name #: <20.30.0
  cluster_name  = aws_eks_cluster.this[0].id   #: >=20.30.0
  principal_arn = each.value.principal_arn
  policy_arn    = each.value.policy_arn

  access_scope {
    type       = each.value.scope_type
    namespaces = each.value.namespaces
  }

  # All entries before any policy.
  depends_on = [aws_eks_access_entry.this]
}
#: end
