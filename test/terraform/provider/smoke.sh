#!/usr/bin/env bash
# Tries the stand-in with a real engine: a small cluster goes from aws-auth to access entries, and each
# rule that matters most refuses what it must refuse.
#
#   smoke.sh [engine...]     engines are commands or paths; default: terraform
#
# STANDIN_MIRROR names a folder that build.sh filled before; else one is built.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mirror=${STANDIN_MIRROR:-$work/mirror}
[ -f "$mirror/cli.tfrc" ] || "$here/build.sh" "$mirror" >/dev/null
export TF_CLI_CONFIG_FILE=$mirror/cli.tfrc CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1 TF_INPUT=0

world() { # faults
  cat >"$STANDIN_WORLD" <<JSON
{ "account": "111122223333", "partition": "aws", "region": "eu-west-1",
  "runner": "arn:aws:iam::111122223333:role/ci",
  "principals": [ "arn:aws:iam::111122223333:role/team/admin", "arn:aws:iam::111122223333:role/nodes", "arn:aws:iam::111122223333:role/self" ],
  "options": { "enforceKubernetesRead": true }, "clusterDefaults": { "nodeRoles": [ { "arn": "arn:aws:iam::111122223333:role/nodes", "kind": "managed" } ] },
  "faults": [${1:-}] }
JSON
}

runner() { # from, to
  sed -i.bak "/\"runner\"/s|:$1\"|:$2\"|" "$STANDIN_WORLD"
}

config() { # mode, further text
  cat >main.tf <<HCL
terraform {
  required_providers {
    aws        = { source = "hashicorp/aws", version = "$aws" }
    kubernetes = { source = "hashicorp/kubernetes", version = "~> 2.20" }
  }
}
provider "aws" {
  region = "eu-west-1"
  default_tags { tags = { team = "platform" } }
}
data "aws_eks_cluster_auth" "this" { name = "c" }
provider "kubernetes" {
  host                   = aws_eks_cluster.this.endpoint
  cluster_ca_certificate = base64decode(aws_eks_cluster.this.certificate_authority[0].data)
  token                  = data.aws_eks_cluster_auth.this.token
}
resource "aws_eks_cluster" "this" {
  name     = "c"
  role_arn = "arn:aws:iam::111122223333:role/cluster"
  vpc_config { subnet_ids = ["subnet-1", "subnet-2"] }
  $1
  lifecycle { ignore_changes = [access_config[0].bootstrap_cluster_creator_admin_permissions] }
}
${2:-}
HCL
}

mode() { printf 'access_config {\n    authentication_mode = "%s"\n    bootstrap_cluster_creator_admin_permissions = false\n  }\n' "$1"; }
entry() { # label, principal, further arguments
  printf 'resource "aws_eks_access_entry" "%s" {\n  cluster_name = aws_eks_cluster.this.name\n  principal_arn = "%s"\n%s\n}\n' "$1" "$2" "${3:-}"
}
aws_auth='resource "kubernetes_config_map" "aws_auth" {
  metadata {
    name = "aws-auth"
    namespace = "kube-system"
  }
  lifecycle { ignore_changes = [data] }
}
resource "kubernetes_config_map_v1_data" "aws_auth" {
  force = true
  metadata {
    name = "aws-auth"
    namespace = "kube-system"
  }
  data = { mapRoles = yamlencode([{ rolearn = "arn:aws:iam::111122223333:role/admin", username = "admin", groups = ["system:masters"] }]) }
  depends_on = [kubernetes_config_map.aws_auth]
}'
association='resource "aws_eks_access_policy_association" "admin" {
  cluster_name = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.admin.principal_arn
  policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
  access_scope { type = "cluster" }
}'

apply() { "$engine" apply -auto-approve -no-color "$@" >out.txt 2>&1 || { echo "FAILED: $step"; cat out.txt; exit 1; }; }
good() { step=$1; shift; apply "$@"; printf 'ok   %-52s %s\n' "$step" "$(grep -E '^Apply complete|^Destroy complete' out.txt || true)"; }
empty() { # the plan after an apply shows nothing
  "$engine" plan -detailed-exitcode -no-color >out.txt 2>&1 || { echo "FAILED: the plan after '$step' is not empty"; cat out.txt; exit 1; }
}
refused() { # what, expected text, arguments
  step=$1; local text=$2; shift 2
  if "$engine" apply -auto-approve -no-color "$@" >out.txt 2>&1; then echo "FAILED: $step was not refused"; exit 1; fi
  tr -s '\n│╷╵ ' ' ' <out.txt | grep -qF "$text" || { echo "FAILED: $step gave another error"; cat out.txt; exit 1; }
  printf 'ok   %-52s %s\n' "$step" "$text"
}

smoke() {
  mkdir -p "$work/$1" && cd "$work/$1"
  export STANDIN_WORLD=$PWD/world.json
  local admin=arn:aws:iam::111122223333:role/team/admin
  aws='~> 5.95'; world
  config '' "$aws_auth"
  "$engine" init -no-color >out.txt 2>&1 || { cat out.txt; exit 1; }
  good 'aws-auth only, no access_config'; empty
  config "$(mode API_AND_CONFIG_MAP)" "$aws_auth"
  sed -i.bak '/ignore_changes = \[access_config/d' main.tf
  step='the bootstrap flag alone would replace the cluster'
  "$engine" plan -no-color 2>&1 | grep -q 'bootstrap_cluster_creator_admin_permissions = true -> false # forces replacement' || { echo "FAILED: $step"; exit 1; }
  echo "ok   $step"
  config '' "$aws_auth
$(entry admin $admin)"
  refused 'an entry in CONFIG_MAP mode' 'authentication mode must be set to one of [API, API_AND_CONFIG_MAP]'
  config "$(mode API)" "$aws_auth"
  refused 'CONFIG_MAP to API in one step' 'Unsupported authentication mode update from CONFIG_MAP to API'
  config "$(mode API_AND_CONFIG_MAP)" "$aws_auth"
  good 'enable-api: the cluster is updated in place'; empty
  config "$(mode API_AND_CONFIG_MAP)" "$aws_auth
$(entry admin arn:aws:iam::111122223333:role/admin)"
  refused 'a principal without its path' 'The specified principalArn is invalid: invalid principal.'
  config "$(mode API_AND_CONFIG_MAP)" "$aws_auth
$(entry nodes arn:aws:iam::111122223333:role/nodes '  type = "EC2_LINUX"')"
  refused 'an entry that EKS made' 'StatusCode: 409'
  config "$(mode API_AND_CONFIG_MAP)" "$aws_auth
$(entry admin $admin '  kubernetes_groups = ["system:masters"]')"
  refused 'a reserved group' 'it cannot start with system:'
  config "$(mode API_AND_CONFIG_MAP)" "$aws_auth
$(entry admin $admin '  user_name = "{{SessionName}}"')"
  refused 'no colon before the session name' 'a colon must come before {{SessionName}}'
  local node_entry; node_entry=$(entry node arn:aws:iam::111122223333:role/self '  type = "EC2_LINUX"
  kubernetes_groups = []')
  config "$(mode API_AND_CONFIG_MAP)" "$aws_auth
$node_entry"
  good 'groups = [] on a node entry is created'
  refused '... and fails when it is applied again' 'The username must not begin with system:'
  config "$(mode API_AND_CONFIG_MAP)" "$aws_auth
$(entry admin $admin '  user_name = "admin"')
$association"
  good 'add-access-entries'; empty
  runner role/ci role/stranger
  refused 'Kubernetes refuses a caller without rights' 'configmaps "aws-auth" is forbidden: User "system:anonymous"'
  runner role/stranger role/ci
  config "$(mode API_AND_CONFIG_MAP)" "$(entry admin $admin '  user_name = "admin"')
$association"
  good 'remove-aws-auth'; empty
  config "$(mode API)" "$(entry admin $admin '  user_name = "admin"')
$association"
  good 'api-only'; empty
  config "$(mode API_AND_CONFIG_MAP)" "$(entry admin $admin '  user_name = "admin"')
$association"
  refused 'the mode cannot go back' 'Unsupported authentication mode update from API to API_AND_CONFIG_MAP'
  config "$(mode API)" "$(entry admin $admin '  user_name = "admin"')
$association"
  good 'destroy' -destroy

  rm -f terraform.tfstate* .terraform.lock.hcl
  aws='~> 6.28'; world '{ "afterCalls": 2, "exit": true }'
  config "$(mode API_AND_CONFIG_MAP)" "$(entry admin $admin)
$association"
  "$engine" init -no-color >out.txt 2>&1 || { cat out.txt; exit 1; }
  refused 'aws 6: an apply that is cut after two calls' 'stand-in: apply was cut'
  sed -i.bak '/"afterCalls"/s/2/99/' "$STANDIN_WORLD"
  good 'aws 6: the same apply again'; empty
}

for engine in "${@:-terraform}"; do
  echo "== $("$engine" version | head -n 1)"
  (smoke "$(basename "$engine")")
done
