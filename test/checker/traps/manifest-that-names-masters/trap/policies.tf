locals {
  admins = "system:masters"
}

resource "kubernetes_manifest" "block_exec" {
  manifest = {
    apiVersion = "kyverno.io/v1"
    kind       = "ClusterPolicy"
    metadata   = { name = "block-exec" }
    spec = {
      background = false
      rules = [
        {
          name  = "no-exec"
          match = { any = [{ resources = { kinds = ["PodExecOptions"] } }] }
          exclude = {
            any = [
              { subjects = [{ kind = "Group", name = local.admins }] },
            ]
          }
          validate = {
            failureAction = "Enforce"
            message       = "Nobody opens a shell in a pod."
            deny          = {}
          }
        },
      ]
    }
  }
}

resource "kubectl_manifest" "change_freeze" {
  yaml_body = <<-EOT
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata:
      name: change-freeze
    webhooks:
      - name: freeze.example.com
        admissionReviewVersions: ["v1"]
        sideEffects: None
        clientConfig:
          service: { name: freeze, namespace: ${kubernetes_namespace.platform.metadata[0].name}, path: /validate }
        rules:
          - apiGroups: ["apps"]
            apiVersions: ["v1"]
            operations: ["CREATE", "UPDATE"]
            resources: ["deployments"]
        matchConditions:
          # system:masters may deploy at any time.
          - name: exclude-admins
            expression: "!('system:masters' in request.userInfo.groups)"
  EOT
}

resource "kubectl_manifest" "keep_namespaces" {
  yaml_body = yamlencode({
    apiVersion = "policies.kyverno.io/v1"
    kind       = "ValidatingPolicy"
    metadata   = { name = "keep-namespaces" }
    spec = {
      validationActions = ["Deny"]
      matchConstraints = {
        resourceRules = [
          { apiGroups = [""], apiVersions = ["v1"], operations = ["DELETE"], resources = ["namespaces"] },
        ]
      }
      validations = [
        {
          expression = "'${local.admins}' in request.userInfo.groups || request.namespace == '${var.scratch}'"
          message    = "Namespaces stay."
        },
      ]
    }
  })
}

resource "kubernetes_validating_admission_policy_v1" "keep_quotas" {
  metadata = {
    name = "keep-quotas"
  }

  spec = {
    failure_policy = "Fail"
    match_constraints = {
      resource_rules = [
        { api_groups = [""], api_versions = ["v1"], operations = ["UPDATE"], resources = ["resourcequotas"] },
      ]
    }
    match_conditions = [
      { name = "not-by-admins", expression = "!('system:masters' in request.userInfo.groups)" },
    ]
    validations = [
      { expression = "false", message = "Quotas are changed by the platform team." },
    ]
  }
}

resource "helm_release" "kyverno" {
  name       = "kyverno"
  repository = "https://kyverno.github.io/kyverno"
  chart      = "kyverno"

  values = [
    <<-EOT
      config:
        excludeGroups:
          - system:nodes
          - system:masters
    EOT
  ]
}
