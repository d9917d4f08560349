import { ssoRegion } from './static-entries.ts';

/**
 * Locals that turn rows into entries at plan time, and the expression that has them. `local.roles_<n>` are the lists. EKS makes the
 * entries of Fargate.
 */
export function planTimeEntries(index: number): { locals: string; expression: string } {
  const own = (name: string): string => `local.${name}_${index}`;
  const locals = `
  rows_${index} = concat(
    [for row in ${own('roles')} : merge({ list = "roles", arn = row.rolearn }, row)],
    [for row in ${own('users')} : merge({ list = "users", arn = row.userarn }, row)],
  )
  # The authenticator: roles without regard to case, the roles list before the users list, in a list the last row.
  grouped_${index} = { for row in ${own('rows')} : (length(regexall(":role/", row.arn)) > 0 ? lower(row.arn) : row.arn) => row... }
  winner_${index} = { for principal, rows in ${own('grouped')} : principal => reverse(concat([for row in rows : row if row.list == "users"], [for row in rows : row if row.list == "roles"]))[0] }
  admin_${index} = { for principal, row in ${own('winner')} : principal => contains(row.groups, "system:masters") }
  type_${index} = { for principal, row in ${own('winner')} : principal => (
    ${own('admin')}[principal] || !startswith(row.username, "system:node:{{") ? "STANDARD" :
    contains(row.groups, "eks:kube-proxy-windows") ? "EC2_WINDOWS" :
    startswith(row.username, "system:node:{{EC2") ? "EC2_LINUX" :
    contains(row.groups, "system:node-proxier") ? "FARGATE_LINUX" : "HYBRID_LINUX"
  ) }`;
  const expression = `{ for principal, row in ${own('winner')} : principal => {
    principal_arn     = replace(row.arn, ":role/AWSReservedSSO_", ":role/aws-reserved/sso.amazonaws.com/${ssoRegion}/AWSReservedSSO_")
    type              = ${own('type')}[principal]
    user_name         = ${own('type')}[principal] != "STANDARD" || length(regexall("^(system|eks|aws|amazon|iam):|^[^:]*\\\\{\\\\{", row.username)) > 0 || (length(regexall(":user/", row.arn)) > 0 && length(regexall("\\\\{\\\\{", row.username)) > 0) ? null : row.username
    kubernetes_groups = ${own('type')}[principal] != "STANDARD" ? null : [for group in row.groups : group if length(regexall("^(system|eks|aws|amazon|iam):", group)) == 0]
    policy_associations = { for key in ${own('admin')}[principal] ? ["cluster_admin"] : [] : key => {
      policy_arn   = "arn:\${split(":", row.arn)[1]}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
      access_scope = { type = "cluster", namespaces = [] }
    } }
  } if ${own('type')}[principal] != "FARGATE_LINUX" }`;
  return { locals, expression };
}
