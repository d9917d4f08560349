locals {
  # The ARN of a worker group is made from the name of its role, so it has no path.
  worker_roles = [
    for group in var.create_eks ? concat(var.worker_groups_launch_template, var.worker_groups) : [] : {
      worker_role_arn = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/${lookup(group, "iam_role_id", coalescelist(aws_iam_role.workers[*].id, [""])[0])}"
      platform        = lookup(group, "platform", lookup(var.workers_group_defaults, "platform", var.default_platform))
    }
  ]

  node_rows = [
    for role in concat(local.worker_roles, module.node_groups.aws_auth_roles, module.fargate.aws_auth_roles) : {
      # var.iam_path and no other path is taken out.
      # https://github.com/kubernetes-sigs/aws-iam-authenticator/issues/153
      rolearn  = replace(role["worker_role_arn"], replace(var.iam_path, "/^//", ""), "")
      username = role["platform"] == "fargate" ? "system:node:{{SessionName}}" : "system:node:{{EC2PrivateDNSName}}"
      groups = tolist(concat(
        ["system:bootstrappers", "system:nodes"],
        role["platform"] == "windows" ? ["eks:kube-proxy-windows"] : [],
        role["platform"] == "fargate" ? ["system:node-proxier"] : [],
      ))
    }
  ]
}

# Object and data in one resource: with it goes the ConfigMap.
resource "kubernetes_config_map" "aws_auth" {
  count = var.create_eks && var.manage_aws_auth ? 1 : 0

  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
    labels = merge(
      {
        "app.kubernetes.io/managed-by" = "Terraform"
        "terraform.io/module"          = "terraform-aws-modules.eks.aws"
      },
      var.aws_auth_additional_labels,
    )
  }

  data = {
    mapRoles    = yamlencode(distinct(concat(local.node_rows, var.map_roles)))
    mapUsers    = yamlencode(var.map_users)
    mapAccounts = yamlencode(var.map_accounts)
  }
}
