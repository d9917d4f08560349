#: begin <20.0.0
# Up to 19.x aws-auth was part of the root module, and the rows of its own nodes came first.
locals {
  # Every managed group counts as one of Linux. #: <19.16.0
  managed = [for group in module.eks_managed_node_group : { iam_role_arn = group.iam_role_arn, platform = "linux" }]        #: <19.16.0
  managed = [for group in module.eks_managed_node_group : { iam_role_arn = group.iam_role_arn, platform = group.platform }] #: >=19.16.0
  nodes   = concat(local.managed, [for group in module.self_managed_node_group : { iam_role_arn = group.iam_role_arn, platform = group.platform }])

  aws_auth_linux   = distinct(compact(concat([for group in local.nodes : group.iam_role_arn if group.platform != "windows"], var.aws_auth_node_iam_role_arns_non_windows)))
  aws_auth_windows = distinct(compact(concat([for group in local.nodes : group.iam_role_arn if group.platform == "windows"], var.aws_auth_node_iam_role_arns_windows)))
  aws_auth_fargate = distinct(compact(concat([for profile in module.fargate_profile : profile.fargate_profile_pod_execution_role_arn], var.aws_auth_fargate_profile_pod_execution_role_arns)))

  node_groups_of_rbac = ["system:bootstrappers", "system:nodes"]

  aws_auth_node_rows = concat(
    [for arn in local.aws_auth_linux : { rolearn = arn, username = "system:node:{{EC2PrivateDNSName}}", groups = local.node_groups_of_rbac }],
    [for arn in local.aws_auth_windows : { rolearn = arn, username = "system:node:{{EC2PrivateDNSName}}", groups = concat(["eks:kube-proxy-windows"], local.node_groups_of_rbac) }],
    [for arn in local.aws_auth_fargate : { rolearn = arn, username = "system:node:{{SessionName}}", groups = concat(local.node_groups_of_rbac, ["system:node-proxier"]) }],
  )

  aws_auth_data = {
    mapRoles    = yamlencode(concat(local.aws_auth_node_rows, var.aws_auth_roles))
    mapUsers    = yamlencode(var.aws_auth_users)
    mapAccounts = yamlencode(var.aws_auth_accounts)
  }
}

resource "kubernetes_config_map" "aws_auth" {
  count = local.create && var.create_aws_auth_configmap ? 1 : 0

  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = local.aws_auth_data

  lifecycle {
    ignore_changes = [data]                                                #: <19.0.0
    ignore_changes = [data, metadata[0].labels, metadata[0].annotations] #: >=19.0.0
  }
}

resource "kubernetes_config_map_v1_data" "aws_auth" {
  count = local.create && var.manage_aws_auth_configmap ? 1 : 0

  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data  = local.aws_auth_data
  force = true

  depends_on = [kubernetes_config_map.aws_auth]
}
#: end
