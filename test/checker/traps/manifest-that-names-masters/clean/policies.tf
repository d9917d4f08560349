# Names another group beside those that end with the rows: system:masters is said here alone.
resource "kubernetes_manifest" "block_exec" {
  manifest = {
    apiVersion = "kyverno.io/v1"
    kind       = "ClusterPolicy"
    metadata   = { name = "block-exec", annotations = { reason = "not for system:masters" } }
    spec = {
      background = false
      rules = [
        {
          name    = "no-exec"
          match   = { any = [{ resources = { kinds = ["PodExecOptions"] } }] }
          exclude = { any = [{ subjects = [{ kind = "Group", name = "operators" }] }] }
          validate = {
            failureAction = "Enforce"
            message       = "Ask somebody of system:masters."
            deny          = {}
          }
        },
      ]
    }
  }
}

resource "kubernetes_cluster_role_binding_v1" "admins" {
  metadata {
    name = "admins"
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = "cluster-admin"
  }
  subject {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Group"
    name      = "system:masters"
  }
}

resource "kubectl_manifest" "admins" {
  yaml_body = <<-EOT
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: { name: more-admins }
    roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
    subjects:
      - { apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:masters" }
  EOT
}

resource "helm_release" "authenticator" {
  name  = "authenticator"
  chart = "./charts/authenticator"

  values = [
    yamlencode({
      mapRoles = [
        { rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] },
      ]
    }),
  ]
}
