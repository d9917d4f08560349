#!/usr/bin/env bash
# The checks of MIGRATION.md: module.eks.
# Written by tf-access-entries from the source. It changes nothing in AWS, in a cluster or in Terraform: it asks, compares, and writes
# files into the working directory: entries.json (the live entries, for --existing), copies of the ConfigMap aws-auth, and rbac.json (for
# verify-access --rbac) where it asks what names the group system:masters.
#
# Usage, in the root module: gates.sh <phase or its number> [--after]
#
#   enable-api              phase 1: before it; with --after once it is applied
#   add-access-entries      phase 2: before it; with --after once it is applied
#   remove-aws-auth         phase 3: before it; with --after once it is applied
#   api-only                phase 4: before it; with --after once it is applied
#   clean-up                phase 5: before it; with --after once it is applied
#   snapshot                writes entries.json alone
#   adopt                   prints the commands that take live entries into the state, where an apply of phase 2 was killed
#   runner                  prints the ARN of who runs this, for --runner
#   value <variable>        prints what AWS or Terraform tells, for the set-up
#
# gates.sh add-access-entries --plan=<file> looks at what the plan in that file makes.
#
# gates.sh <phase> --repair and --back print commands, and run none: what a half-way apply needs, and what comes before the way back.
#
# ok: found what is expected. FAIL: did not. look: a person has to judge. entries.json is written where nothing failed.
# Exit status: 0 nothing failed; 1 something did; 2 wrong usage.
# AWS_REGION, AWS_PROFILE and the like count as for the AWS CLI, TERRAFORM=tofu asks OpenTofu.
# Needs bash 3.2, the AWS CLI 2.15.3 (or 1.32.3) and newer, kubectl, awk, grep, sed and tr; some checks need jq.

# Values stand in single quotes, since nothing in them is to be expanded. What one cluster needs none of is here all the same.
# shellcheck disable=SC1003,SC1112,SC2016,SC2034,SC2317
set -euo pipefail

# What comes from a cluster or a row must not steer the terminal.
plain() {
  local LC_ALL=C
  printf '%s' "${1//[! -~]/?}"
}

say() { printf '%s\n' "$(plain "$1")"; }

fail() {
  printf '%s: %s\n' "${0##*/}" "$(plain "$1")" >&2
  exit "${2:-1}"
}

# What is in the way does not hide the rest.
problems=0
problem() {
  printf 'In the way: %s\n' "$(plain "$1")" >&2
  problems=$((problems + 1))
}

finish() {
  ((problems == 0)) || fail "$problems in the way, see above"
}

# One word as a shell reads it.
quoted() {
  local LC_ALL=C rest=$1 out=''
  case $rest in
    *[!\ -~]*)
      printf '%q' "$rest"
      return
      ;;
    '' | *[!A-Za-z0-9_@%+=:,./-]*) ;;
    *)
      printf '%s' "$rest"
      return
      ;;
  esac
  while [[ $rest == *\'* ]]; do
    out+="${rest%%\'*}'\\''"
    rest=${rest#*\'}
  done
  printf "'%s'" "$out$rest"
}

show() {
  local word line=''
  for word in "$@"; do line+=" $(quoted "$word")"; done
  printf ' %s\n' "$line"
}

aws_options=()
with_options() { "$@" ${aws_options[@]+"${aws_options[@]}"}; }

with_kubectl() { kubectl ${context:+"--context=$context"} "$@"; }

# Without the version and the id of the object as it was: with them kubectl apply ends with a conflict.
print_config_map() {
  with_kubectl get configmap aws-auth --namespace=kube-system --output=yaml |
    sed -E '/^  (resourceVersion|uid|creationTimestamp):/d'
}

# The lines of the second file whose principal is in the first; with "no" those whose principal is not. aws-auth has roles
# without their path and is not particular about case.
principals() {
  awk -v wanted="$1" '
    function key(arn) { arn = tolower(arn); sub(/:role\/.*\//, ":role/", arn); return arn }
    FILENAME == ARGV[1] { known[key($0)] = 1; next }
    NF && ((key($0) in known) ? "yes" : "no") == wanted && !seen[key($0)]++
  ' "$2" "$3"
}

# Who runs this: the role of a session, without its path, or the user.
caller_arn() {
  local caller role arn
  caller=$(ask sts get-caller-identity --query=Arn) || return
  case $caller in
    arn:*:sts::*:assumed-role/*/*)
      role=${caller#*:assumed-role/}
      arn=${caller%%:assumed-role/*}:role/${role%%/*}
      printf '%s\n' "${arn/:sts::/:iam::}"
      ;;
    *) printf '%s\n' "$caller" ;;
  esac
}

# The answer of a command. It says itself what went wrong.
ask() { with_options aws "$@" --output=text; }

scratch='' phase='' variable='' moment=before plan='' cluster='' context='' which='' gates_ok=0 gates_failed=0 gates_to_look=0
# The rows of --emit aws-cli are checked by the same functions.
mode=API_AND_CONFIG_MAP task=check has_entry=''

# on <cluster> <context> <region> <which one, for people>
on() {
  [[ -n $1 ]] || fail 'the name of the cluster is not set: paste the set-up of MIGRATION.md'
  cluster=$1 context=$2 which=$4 aws_options=()
  [[ -z $3 ]] || aws_options=("--region=$3")
  entries=$scratch/$context.entries policies=$scratch/$context.policies documents=$scratch/$context.snapshot
}

# gate <what must be true> <what is expected> <function> <its words>...
# A function prints what it finds, and returns 0 where that is what is expected, 3 where a person has to judge, else 1.
gate() {
  local what=$1 expected=$2 found='' status=0
  shift 2
  found=$("$@") || status=$?
  case $status in
    0)
      gates_ok=$((gates_ok + 1))
      say "ok    $which$what"
      ;;
    3)
      gates_to_look=$((gates_to_look + 1))
      say "look  $which$what"
      ;;
    *)
      gates_failed=$((gates_failed + 1))
      say "FAIL  $which$what"
      ;;
  esac
  say "      found: $(in_one_line "${found:-nothing}")"
  [[ $status == 0 ]] || say "      expected: $expected"
}

# look <what a person judges> <what is expected> [<command that shows it>]
look() {
  gates_to_look=$((gates_to_look + 1))
  say "look  $which$1"
  [[ -z ${3:-} ]] || say "      run: $3"
  say "      expected: $2"
}

# What a check finds, on standard output.
tell() { printf '%s\n' "$1"; }

in_one_line() { awk 'NR > 1 { printf ", " } { printf "%s", $0 }' <<<"$1"; }

take_snapshots() {
  every_cluster gate 'The live entries can be read' 'a list' take_snapshot
}

write_snapshot() {
  local file=entries.json
  cat "$scratch"/*.snapshot >"$scratch/all" && cp "$scratch/all" "$file"
  say "The live entries are in $file."
}

finish_gates() {
  say ''
  say "$gates_ok ok, $gates_failed failed, $gates_to_look to look at."
  ((gates_failed == 0)) || fail 'a gate failed: mend what it found, and run this again'
}

main() {
  local takes_entries=no
  while (($# > 0)); do
    case $1 in
      --after) moment=after ;;
      --repair) moment=repair ;;
      --back) moment=back ;;
      --plan=*) moment=plan plan=${1#*=} ;;
      -h | --help)
        sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
        return
        ;;
      -*) fail "there is no option $1; --help names them" 2 ;;
      *)
        if [[ $phase == value && -z $variable ]]; then
          variable=$1
          shift
          continue
        fi
        [[ -z $phase ]] || fail "one phase at a time: $phase or $1" 2
        phase=$(named_phase "$1")
        ;;
    esac
    shift
  done
  [[ -n $phase ]] || fail 'name a phase; --help names them' 2
  case $moment in
    repair)
      show_repair
      return
      ;;
    back)
      show_back
      return
      ;;
  esac
  [[ ! . -ef $(dirname "$0") ]] || fail 'run this in the root module, where Terraform runs: what lies in this directory is written anew by convert' 2
  # Neither asks a person: nobody may be there.
  export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off
  if [[ $phase == value ]]; then
    print_value "$variable"
    return
  fi
  case $phase-$moment in
    # What entries.json held is of another day. It comes back where nothing fails.
    snapshot-before | enable-api-after | add-access-entries-before | add-access-entries-after | remove-aws-auth-before | remove-aws-auth-after | api-only-before | api-only-after | clean-up-before | clean-up-after)
      takes_entries=yes
      rm -f entries.json
      ;;
  esac
  command -v aws >/dev/null || fail 'the AWS CLI (aws) is not there'
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  case $phase in
    runner)
      caller_arn
      return
      ;;
    adopt)
      print_imports
      return
      ;;
  esac
  if [[ $takes_entries == yes ]]; then take_snapshots; fi
  run_gates
  finish_gates
  if [[ $takes_entries == yes ]]; then write_snapshot; fi
  [[ $moment != before ]] || show_plan
}

# mode_is <mode>...
mode_is() {
  local found
  found=$(ask eks describe-cluster --name="$cluster" --query=cluster.accessConfig.authenticationMode) || return 1
  tell "$found"
  [[ " $* " == *" $found "* ]]
}

# The mode never goes back: one that somebody has raised already is what phase 0 has to write.
mode_may_stay() {
  mode_is CONFIG_MAP API_AND_CONFIG_MAP || return 1
  mode_is CONFIG_MAP >/dev/null || return 3
}

# https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html: the first platform version of each that knows access entries.
platform_version() {
  local answer version platform least
  answer=$(ask eks describe-cluster --name="$cluster" --query='cluster.[version, platformVersion]') || return 1
  IFS=$'\t' read -r version platform <<<"$answer"
  tell "$version, $platform"
  case $version in
    1.1[0-9] | 1.2[0-2]) return 1 ;;
    1.23) least=17 ;;
    1.24) least=15 ;;
    1.25) least=12 ;;
    1.26) least=11 ;;
    1.27) least=10 ;;
    1.28) least=6 ;;
    1.30) least=2 ;;
    *) least=1 ;;
  esac
  [[ ${platform#eks.} =~ ^[0-9]+$ ]] || return 3
  ((${platform#eks.} >= least))
}

# A context of another cluster would be asked, and would answer.
context_is_cluster() {
  local server endpoint
  server=$(with_kubectl config view --minify --output='jsonpath={.clusters[0].cluster.server}') || return 1
  endpoint=$(ask eks describe-cluster --name="$cluster" --query=cluster.endpoint) || return 1
  tell "context $context goes to $server"
  [[ ${server%/} == "${endpoint%/}" ]]
}

policies_exist() {
  local name=$1 found
  found=$(ask eks list-access-policies --query='accessPolicies[].[name]') || return 1
  tell "$(grep -c . <<<"$found") policies"
  grep -qFx "$name" <<<"$found"
}

# principal_exists <ARN>: IAM knows it, with that path.
principal_exists() {
  local arn=$1 name=${1##*/} account own found
  if [[ -z $arn ]]; then
    tell 'the variable is not set: paste the set-up of MIGRATION.md'
    return 1
  fi
  own=$(ask sts get-caller-identity --query=Account) || return 1
  account=$(cut -d: -f5 <<<"$arn")
  if [[ $account != "$own" ]]; then
    tell "account $account, and this is $own: ask there"
    return 3
  fi
  case $arn in
    *:user/*) found=$(ask iam get-user --user-name="$name" --query=User.Arn) || return 1 ;;
    *) found=$(ask iam get-role --role-name="$name" --query=Role.Arn) || return 1 ;;
  esac
  tell "$found"
  [[ $found == "$arn" ]]
}

# sso_role_exists <name>: the plan looks its path up.
sso_role_exists() {
  local found
  found=$(ask iam get-role --role-name="$1" --query=Role.Arn) || return 1
  tell "$found"
  [[ $found == *:role/aws-reserved/sso.amazonaws.com/* ]]
}

# keep_config_map <file>: a copy that is there, and other than the ConfigMap, is not overwritten: it may be the only one with rows.
keep_config_map() {
  print_config_map >"$scratch/copy" || return 1
  if [[ -e $1 ]] && ! cmp -s "$1" "$scratch/copy"; then
    tell "$1 is there and is another copy: move it away"
    return 1
  fi
  cp "$scratch/copy" "$1" || return 1
  tell "$1, $(grep -c . "$1") lines"
}

# config_map_is <file>: the rows are those of the copy.
config_map_is() {
  print_config_map | sed -n '/^data:/,/^[a-ce-z]/p' >"$scratch/now" || return 1
  sed -n '/^data:/,/^[a-ce-z]/p' "$1" >"$scratch/before" || return 1
  tell "$(grep -c . "$scratch/now" || true) lines of rows, and $(grep -c . "$scratch/before" || true) in $1"
  cmp -s "$scratch/now" "$scratch/before"
}

# config_map_is_empty <status where it is not>
config_map_is_empty() {
  local list rows='' found
  for list in mapRoles mapUsers mapAccounts; do
    found=$(with_kubectl get configmap aws-auth --namespace=kube-system --ignore-not-found --output="jsonpath={.data.$list}") || return 1
    rows+=$found
  done
  if [[ -z $(tr -d '[:space:][]' <<<"$rows") ]]; then
    tell 'no rows'
    return 0
  fi
  tell "$rows"
  return "$1"
}

# in_state <no or yes> <address>...
in_state() {
  local wanted=$1 address found=''
  shift
  "${TERRAFORM:-terraform}" state list >"$scratch/state" || return 1
  for address in "$@"; do
    ! grep -qFx -- "$address" "$scratch/state" || found+="$address"$'\n'
  done
  tell "${found:-none}"
  if [[ $wanted == yes ]]; then [[ -n $found ]]; else [[ -z $found ]]; fi
}

no_changes() {
  local status=0
  "${TERRAFORM:-terraform}" plan -input=false -lock=false -detailed-exitcode >"$scratch/plan" || status=$?
  case $status in
    0) tell 'No changes' ;;
    2) tell 'changes' ;;
    *) tell 'the plan failed' ;;
  esac
  return "$((status == 0 ? 0 : 1))"
}

# karpenter_is <major> <minor>
karpenter_is() {
  local images image status=3
  images=$(with_kubectl get deployments --all-namespaces --selector=app.kubernetes.io/name=karpenter --output='jsonpath={.items[*].spec.template.spec.containers[*].image}') || return 1
  tell "${images:-no deployment of it}"
  for image in $images; do
    [[ $image =~ :v?([0-9]+)\.([0-9]+) ]] || return 3
    ((BASH_REMATCH[1] > $1 || (BASH_REMATCH[1] == $1 && BASH_REMATCH[2] >= $2))) || return 1
    status=0
  done
  return "$status"
}

# masters_named <file>: which objects, but for bindings, which the policy answers, name the group. The file is for verify-access --rbac.
masters_named() {
  local kinds found
  if ! command -v jq >/dev/null; then
    tell 'jq is not there'
    return 3
  fi
  kinds=$(with_kubectl api-resources --verbs=list --output=name | grep -E '^(cluster)?rolebindings\.rbac\.|^(validating|mutating)(admissionpolicies|webhookconfigurations)\.admissionregistration\.|^flowschemas\.|polic[a-z]*\.(policies\.)?kyverno\.io$|\.(templates|constraints)\.gatekeeper\.sh$' | paste -sd, -) || return 1
  with_kubectl get "$kinds" --all-namespaces --output=json >"$1" || return 1
  found=$(jq -r '.items[] | select((.kind | endswith("RoleBinding") | not) and (del(.metadata, .status) | tostring | contains("system:masters"))) | [.kind, .metadata.namespace, .metadata.name] | map(values) | join(" ")' "$1") || return 1
  tell "${found:-none}"
  [[ -z $found || $found == 'FlowSchema exempt' ]] || return 3
}

nodes_are_ready() {
  local nodes bad
  nodes=$(with_kubectl get nodes --sort-by=.metadata.creationTimestamp --no-headers) || return 1
  bad=$(awk '$2 !~ /^Ready/ { print $1 " " $2 }' <<<"$nodes")
  tell "$(grep -c . <<<"$nodes") nodes, not ready: ${bad:-none}; the newest: $(awk 'END { print $1 ", " $4 " old" }' <<<"$nodes")"
  [[ -z $bad ]] || return 1
  return 3
}

# The entry of a principal as one line of JSON, its groups in order; nothing where there is none.
find_entry() {
  local query='to_string(accessEntry.[type, username, sort([kubernetesGroups][])])'
  [[ $mode != CONFIG_MAP ]] || return 0
  with_options aws eks describe-access-entry --cluster-name="$cluster" --principal-arn="$1" --query="$query" --output=text 2>"$scratch/error" && return
  grep -q 'An error occurred (ResourceNotFoundException) when calling the DescribeAccessEntry operation' "$scratch/error" && return
  cat "$scratch/error" >&2
  fail "whether $1 has an entry is not known"
}

# entry <principal> <as it is to be> <arguments of create-access-entry>...
entry() {
  local arn=$1 wanted=$2 found
  shift 2
  found=$(find_entry "$arn") || exit
  case $found in
    '')
      has_entry=new
      if [[ $task == add ]]; then
        say "$arn has no entry."
        change eks create-access-entry --cluster-name="$cluster" --principal-arn="$arn" "$@"
      else
        problem "$arn has no entry: add-access-entries comes first"
      fi
      ;;
    # Of a node type the JSON ends after the type: EKS writes the rest.
    "$wanted"*)
      has_entry=yes
      [[ $task != add ]] || say "$arn has its entry."
      ;;
    *)
      has_entry=other
      problem "$arn has an entry $found, not $wanted: it is left as it is"
      ;;
  esac
}

# policy <principal> <policy> <as it is to be> <--access-scope>, after the entry of the principal
policy() {
  local arn=$1 policy=$2 wanted=$3 line held=''
  local query='associatedAccessPolicies[].[to_string([policyArn, accessScope.type, sort([accessScope.namespaces][])])]'
  case $has_entry in
    other) return 0 ;;
    new) [[ $task == add ]] || return 0 ;;
    *) held=$(ask eks list-associated-access-policies --cluster-name="$cluster" --principal-arn="$arn" --query="$query") || exit ;;
  esac
  while IFS= read -r line; do
    case $line in
      "$wanted") return 0 ;;
      "[\"$policy\","*)
        problem "$arn has the policy $line, not $wanted: it is left as it is"
        return 0
        ;;
    esac
  done <<<"$held"
  if [[ $task == add ]]; then
    change eks associate-access-policy --cluster-name="$cluster" --principal-arn="$arn" --policy-arn="$policy" "$4"
  else
    problem "$arn has an entry without $policy: add-access-entries comes first"
  fi
}

# The live entries as --existing takes them, one document a line, and for this script what they are and hold.
take_snapshot() {
  local arns arn answer
  arns=$(ask eks list-access-entries --cluster-name="$cluster" --query='accessEntries[].[@]') || return 1
  : >"$scratch/found.documents"
  : >"$scratch/found.entries"
  : >"$scratch/found.policies"
  while IFS= read -r arn; do
    [[ -n $arn ]] || continue
    answer=$(ask eks describe-access-entry --cluster-name="$cluster" --principal-arn="$arn" --query='[to_string(@), accessEntry.type]') || return 1
    printf '%s\n' "${answer%$'\t'*}" >>"$scratch/found.documents"
    printf '%s\t%s\n' "$arn" "${answer##*$'\t'}" >>"$scratch/found.entries"
    answer=$(ask eks list-associated-access-policies --cluster-name="$cluster" --principal-arn="$arn" --query='[[to_string(@)], associatedAccessPolicies[].[policyArn, accessScope.type]]') || return 1
    sed -n 1p <<<"$answer" >>"$scratch/found.documents"
    sed 1d <<<"$answer" | awk -v arn="$arn" '{ print arn "\t" $0 }' >>"$scratch/found.policies"
  done <<<"$arns"
  mv "$scratch/found.documents" "$documents"
  mv "$scratch/found.entries" "$entries"
  mv "$scratch/found.policies" "$policies"
  tell "$(grep -c . "$entries" || true) entries"
}

# Without a snapshot nothing that follows from one is known.
has_snapshot() {
  [[ -e $entries ]] || {
    tell 'the live entries could not be read'
    return 1
  }
}

# type_of <ARN>: nothing where there is no entry.
type_of() {
  printf '%s\n' "$1" >"$scratch/one"
  cut -f1 "$entries" >"$scratch/arns"
  awk -F'\t' -v arn="$(principals yes "$scratch/one" "$scratch/arns")" '$1 == arn && arn != "" { print $2 }' "$entries"
}

admins() { awk -F'\t' '$2 ~ /\/AmazonEKSClusterAdminPolicy$/ && $3 == "cluster" { print $1 }' "$policies"; }

# admin_outside <ARN>...: an administrator by an entry that this phase does not make.
admin_outside() {
  local found
  has_snapshot || return 1
  printf '%s\n' "$@" >"$scratch/own"
  admins >"$scratch/admins"
  found=$(principals no "$scratch/own" "$scratch/admins")
  tell "${found:-none}"
  [[ -n $found ]]
}

# no_entry <ARN>...: convert --existing leaves those alone that have one.
no_entry() {
  local found
  has_snapshot || return 1
  printf '%s\n' "$@" >"$scratch/own"
  cut -f1 "$entries" >"$scratch/arns"
  found=$(principals yes "$scratch/own" "$scratch/arns")
  tell "${found:-none of them has one}"
  [[ -z $found ]] || return 3
}

# entry_is <ARN> <entry as JSON> [<policy> <it as JSON>]...
entry_is() {
  local arn=$1
  problems=0
  entry "$arn" "$2"
  shift 2
  while (($# > 0)); do
    policy "$arn" "$1" "$2" ''
    shift 2
  done
  ((problems == 0)) || return 1
  tell "$arn has it"
} 2>&1

# entry_type_is <ARN> <type>: or there is no entry.
entry_type_is() {
  local found
  has_snapshot || return 1
  found=$(type_of "$1")
  tell "${found:-no entry}"
  [[ -z $found || $found == "$2" ]]
}

# has_node_entry <ARN>
has_node_entry() {
  local found
  has_snapshot || return 1
  found=$(type_of "$1")
  tell "${found:-no entry}"
  [[ -n $found && $found != STANDARD ]]
}

# node_entries <status where one is missing>: each role of a managed node group and of a Fargate profile has its entry, of its type.
node_entries() {
  local missing=$1 names name answer role ami status=0
  has_snapshot || return 1
  names=$(ask eks list-nodegroups --cluster-name="$cluster" --query='nodegroups[].[@]') || return 1
  while IFS= read -r name; do
    [[ -n $name ]] || continue
    answer=$(ask eks describe-nodegroup --cluster-name="$cluster" --nodegroup-name="$name" --query='nodegroup.[nodeRole, amiType]') || return 1
    IFS=$'\t' read -r role ami <<<"$answer"
    case $ami in
      WINDOWS_*) node_entry "node group $name" "$role" EC2_WINDOWS ;;
      CUSTOM) node_entry "node group $name" "$role" EC2_LINUX EC2_WINDOWS ;;
      *) node_entry "node group $name" "$role" EC2_LINUX ;;
    esac || status=$missing
  done <<<"$names"
  names=$(ask eks list-fargate-profiles --cluster-name="$cluster" --query='fargateProfileNames[].[@]') || return 1
  while IFS= read -r name; do
    [[ -n $name ]] || continue
    role=$(ask eks describe-fargate-profile --cluster-name="$cluster" --fargate-profile-name="$name" --query=fargateProfile.podExecutionRoleArn) || return 1
    node_entry "Fargate profile $name" "$role" FARGATE_LINUX || status=$missing
  done <<<"$names"
  return "$status"
}

# node_entry <of what> <role> <type>...
node_entry() {
  local what=$1 role=$2 found
  shift 2
  found=$(type_of "$role")
  tell "$what: $role, ${found:-no entry}"
  [[ -n $found && " $* " == *" $found "* ]]
}

# Whoever runs this must be able to undo it.
caller_is_admin() {
  local caller
  has_snapshot || return 1
  caller=$(caller_arn) || return 1
  tell "$caller"
  printf '%s\n' "$caller" >"$scratch/caller"
  admins >"$scratch/admins"
  [[ -n $(principals yes "$scratch/caller" "$scratch/admins") ]]
}

# Who has signed in during the last day and has no entry: they came in through aws-auth.
signed_in_by_entries() {
  local log found
  has_snapshot || return 1
  if ! log=$(ask logs filter-log-events --log-group-name="/aws/eks/$cluster/cluster" --log-stream-name-prefix=authenticator --start-time="$(($(date +%s) - 86400))000" --filter-pattern='"access granted"' --query='events[].[message]'); then
    tell 'the log cannot be read: is the type authenticator of the control plane log on?'
    return 3
  fi
  grep -Eo 'arn="?arn:[^" ]+' <<<"$log" | sed 's/^arn="*//' | sort -u >"$scratch/signed" || true
  cut -f1 "$entries" >"$scratch/arns"
  found=$(principals no "$scratch/arns" "$scratch/signed")
  tell "$(grep -c . "$scratch/signed" || true) principals in a day, without an entry: ${found:-none}"
  [[ -z $found ]] || return 3
}

# What the plan makes: each principal is one that exists, with its path, and has no entry.
planned_principals() {
  local arns arn status=0 asked unknown
  if ! command -v jq >/dev/null; then
    tell 'jq is not there'
    return 1
  fi
  "${TERRAFORM:-terraform}" show -json "$plan" >"$scratch/plan.json" || return 1
  unknown=$(jq '[.resource_changes[] | select(.type == "aws_eks_access_entry" and .change.actions == ["create"] and .change.after.principal_arn == null)] | length' "$scratch/plan.json") || return 1
  arns=$(jq -r '.resource_changes[] | select(.type == "aws_eks_access_entry" and .change.actions == ["create"]) | .change.after.principal_arn // empty' "$scratch/plan.json") || return 1
  while IFS= read -r arn; do
    [[ -n $arn ]] || continue
    asked=0
    principal_exists "$arn" >"$scratch/answer" || asked=$?
    ((asked == 0)) || tell "$arn: $(cat "$scratch/answer")"
    ((asked == 0 || status == 1)) || status=$asked
  done <<<"$(sort -u <<<"$arns")"
  tell "$(grep -c . <<<"$arns" || true) known, $unknown known after apply"
  return "$status"
}

# For each entry that the plan makes and that is live, the command by which Terraform takes it into its state: for a killed apply.
print_imports() {
  local terraform=${TERRAFORM:-terraform} lines arn address found
  command -v jq >/dev/null || fail 'jq is not there'
  "$terraform" plan -input=false -out="$scratch/adopt.tfplan" >&2 || fail 'the plan failed'
  "$terraform" show -json "$scratch/adopt.tfplan" >"$scratch/plan.json" || fail 'the plan cannot be read'
  # A separator that no value has. A tab would end up escaped, and two of them would count as one.
  lines=$(jq -r '.resource_changes[] | select(.type == "aws_eks_access_entry" and .change.actions == ["create"] and .change.after.principal_arn != null) | [.change.after.cluster_name // "", .change.after.principal_arn, .address] | join("\u001f")' "$scratch/plan.json") || exit
  while IFS=$'\037' read -r cluster arn address; do
    [[ -n $arn ]] || continue
    if [[ -z $cluster ]]; then
      problem "the plan does not tell the cluster of $address: where $arn has an entry there, import it into $(quoted "$address") by hand. Its id is the name of the cluster, a colon and the ARN"
      continue
    fi
    found=$(find_entry "$arn") || exit
    [[ -z $found ]] || show "$terraform" import -input=false "$address" "$cluster:$arn"
  done <<<"$lines"
  finish
}

# look_up <variable>: 9 where nobody can be asked.
look_up() {
  case $1 in
    AWS_REGION) printf '%s\n' "${AWS_DEFAULT_REGION:-$(aws configure get region)}" ;;
    ARN_OF_OPERATORS) ask iam get-role --role-name=operators-of-spot --query=Role.Arn ;;
    RUNNER_ARN) caller_arn ;;
    *) return 9 ;;
  esac
}

# fits <variable> <what it is to hold>: what is not there is None for AWS and null for Terraform.
fits() {
  case $1 in
    AWS_REGION) [[ $2 =~ ^[a-z]+(-[a-z]+)+-[0-9]+$ ]] ;;
    CLUSTER_NAME*) [[ $2 =~ ^[0-9A-Za-z][0-9A-Za-z_-]*$ && $2 != None && $2 != null ]] ;;
    *) [[ $2 =~ ^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[^[:space:]]+$ ]] ;;
  esac
}

# What a variable must hold, for a sentence.
wanted() {
  case $1 in
    AWS_REGION) tell 'a region' ;;
    CLUSTER_NAME*) tell 'the name of a cluster' ;;
    *) tell 'the ARN of a role or user' ;;
  esac
}

# What is no value is not printed: the variable stays empty, and the gates that need it say so.
print_value() {
  local name=$1 found status=0 why
  case $name in
    AWS_REGION | ARN_OF_KARPENTER | ARN_OF_OPERATORS | RUNNER_ARN) ;;
    *) fail "the set-up has no variable \"$name\"" 2 ;;
  esac
  found=$(look_up "$name") || status=$?
  if ((status == 0)) && fits "$name" "$found"; then
    printf '%s\n' "$found"
    return
  fi
  case $status in
    0) why="the look-up finds $(in_one_line "${found:-nothing}")" ;;
    9) why='nothing tells it' ;;
    *) why='the look-up failed' ;;
  esac
  fail "$name is not set: $why. Set it to $(wanted "$name") by export $name=..., and paste the set-up again"
}

# needs <variable>...: no gate goes on with a principal that is empty.
needs() {
  warn_without "$@"
  finish
}

warn_without() {
  local name
  for name in "$@"; do
    fits "$name" "${!name-}" || problem "$name holds $(in_one_line "${!name:-nothing}"), and not $(wanted "$name"): paste the set-up of MIGRATION.md, or set it by export $name=..."
  done
}

# The clusters: name, context of kubectl, region (empty: that of the environment), which one it is.
cluster_1() { on 'spot' 'spot' '' ''; }

every_cluster() {
  cluster_1
  "$@"
}

# Before phase 1, enable-api
before_enable_api() {
  cluster_1
  gate 'kubectl reaches this cluster' 'the endpoint of the cluster: paste the set-up of MIGRATION.md' context_is_cluster
  gate 'The platform version knows access entries' 'Kubernetes 1.23 with eks.17 or newer, 1.30 with eks.2, later ones all' platform_version
}

# After phase 1, enable-api
after_enable_api() {
  cluster_1
  gate 'The mode is API_AND_CONFIG_MAP' 'API_AND_CONFIG_MAP' mode_is 'API_AND_CONFIG_MAP'
  gate 'EKS has made the entries of managed node groups and Fargate profiles. Note those that are missing: phase 3 needs them' 'one entry per node role and pod execution role, of its type' node_entries '3'
}

# Before phase 2, add-access-entries
before_add_access_entries() {
  needs ARN_OF_KARPENTER ARN_OF_OPERATORS
  cluster_1
  gate 'kubectl reaches this cluster' 'the endpoint of the cluster: paste the set-up of MIGRATION.md' context_is_cluster
  gate 'The mode is API_AND_CONFIG_MAP' 'API_AND_CONFIG_MAP' mode_is 'API_AND_CONFIG_MAP'
  gate 'An admin entry exists outside of this change: the one EKS made for whoever created the cluster, or one you make for a break-glass role' 'an entry with AmazonEKSClusterAdminPolicy that this phase does not make' admin_outside "${ARN_OF_KARPENTER-}" "${ARN_OF_OPERATORS-}"
  look 'Somebody has signed in by that entry once' 'yes' 'kubectl --context spot auth can-i '\''*'\'' '\''*'\'''
  gate 'None of these principals has an entry yet. Making a second one fails with 409 ResourceInUseException, and policies of other entries may then be missing: convert --existing leaves those alone that have one, and import-blocks lets Terraform adopt them' 'none, or those that are to stay as they are' no_entry "${ARN_OF_KARPENTER-}" "${ARN_OF_OPERATORS-}"
  gate 'The access policies exist in this partition' 'AmazonEKSClusterAdminPolicy among them' policies_exist 'AmazonEKSClusterAdminPolicy'
  gate 'Nothing but the FlowSchema exempt names the group system:masters, in which nobody is by an entry. For what is found, give those who leave the group one of your own in their entries, and name that one there, too. verify-access --rbac rbac.json says in which fields it is' 'FlowSchema exempt, and nothing else' masters_named 'rbac.json'
}

# In the plan of phase 2, add-access-entries
plan_add_access_entries() {
  cluster_1
  gate 'Every entry that the plan makes names a principal that exists, with its path. If one does not, the apply fails, and policies of other entries may then be missing. A row that names a role with its path is granted nothing today, and its entry would be' 'ARNs that IAM knows; those of roles that this apply makes are known after it' planned_principals
}

# After phase 2, add-access-entries
after_add_access_entries() {
  needs ARN_OF_KARPENTER ARN_OF_OPERATORS
  cluster_1
  gate 'module.karpenter.node_iam_role_arn has its entry' '["EC2_LINUX",' entry_is "${ARN_OF_KARPENTER-}" '["EC2_LINUX",'
  gate 'aws_iam_role.operators.arn has its entry' '["STANDARD","operators",[]], ["arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy","cluster",[]]' entry_is "${ARN_OF_OPERATORS-}" '["STANDARD","operators",[]]' 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy' '["arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy","cluster",[]]'
  look 'One person of each entry has done real work with kubectl; auth can-i --list does not show what policies grant' 'what that person may see, no error 401 or 403' 'kubectl --context spot get pods --all-namespaces'
}

# Before phase 3, remove-aws-auth
before_remove_aws_auth() {
  cluster_1
  gate 'kubectl reaches this cluster' 'the endpoint of the cluster: paste the set-up of MIGRATION.md' context_is_cluster
  gate 'The mode is API_AND_CONFIG_MAP' 'API_AND_CONFIG_MAP' mode_is 'API_AND_CONFIG_MAP'
  gate 'A copy of the live ConfigMap is kept: rows that are not in the source would be lost otherwise' 'the file aws-auth-backup.yaml, written now or the same as the ConfigMap' keep_config_map 'aws-auth-backup.yaml'
  gate 'Every role of a node group and of a Fargate profile has its entry, of the right type. Once its row is gone, a role without one lets no node in' 'EC2_LINUX, EC2_WINDOWS or FARGATE_LINUX' node_entries '1'
  look 'module.eks.eks_managed_node_groups["system"].iam_role_arn is left out of the entries: EKS makes the entry of a managed node group' 'it has an entry of a node type'
  gate 'Whoever runs this has an admin entry. Without one it could not read the ConfigMap that is emptied' 'a role or user that has an entry with AmazonEKSClusterAdminPolicy for the cluster' caller_is_admin
  gate 'Nobody has signed in through aws-auth during the last day, as the authenticator log has it' 'only principals that have an entry' signed_in_by_entries
}

# After phase 3, remove-aws-auth
after_remove_aws_auth() {
  cluster_1
  gate 'The ConfigMap aws-auth has no rows' 'no such object, or one without rows' config_map_is_empty '1'
  gate 'New nodes join: start one node per node group and one Fargate pod per profile' 'the new nodes, Ready' nodes_are_ready
}

# Before phase 4, api-only
before_api_only() {
  cluster_1
  gate 'kubectl reaches this cluster' 'the endpoint of the cluster: paste the set-up of MIGRATION.md' context_is_cluster
  gate 'The mode is API_AND_CONFIG_MAP' 'API_AND_CONFIG_MAP' mode_is 'API_AND_CONFIG_MAP'
  gate 'Whoever runs this has an admin entry: rows let nobody in any more' 'a role or user that has an entry with AmazonEKSClusterAdminPolicy for the cluster' caller_is_admin
  gate 'The ConfigMap aws-auth has no rows' 'none, or those of nodes whose role has an entry' config_map_is_empty '3'
  look 'Everybody who needs access has used it since phase 3, new nodes among them' 'nobody was refused'
}

# After phase 4, api-only
after_api_only() {
  cluster_1
  gate 'The mode is API' 'API' mode_is 'API'
}

# Before phase 5, clean-up
before_clean_up() {
  cluster_1
  gate 'kubectl reaches this cluster' 'the endpoint of the cluster: paste the set-up of MIGRATION.md' context_is_cluster
}

# After phase 5, clean-up
after_clean_up() {
  :
}

# The phase of a number.
named_phase() {
  case $1 in
    1) printf '%s\n' enable-api ;;
    2) printf '%s\n' add-access-entries ;;
    3) printf '%s\n' remove-aws-auth ;;
    4) printf '%s\n' api-only ;;
    5) printf '%s\n' clean-up ;;
    *) printf '%s\n' "$1" ;;
  esac
}

run_gates() {
  case "$phase $moment" in
    'enable-api before') before_enable_api ;;
    'enable-api after') after_enable_api ;;
    'add-access-entries before') before_add_access_entries ;;
    'add-access-entries plan') plan_add_access_entries ;;
    'add-access-entries after') after_add_access_entries ;;
    'remove-aws-auth before') before_remove_aws_auth ;;
    'remove-aws-auth after') after_remove_aws_auth ;;
    'api-only before') before_api_only ;;
    'api-only after') after_api_only ;;
    'clean-up before') before_clean_up ;;
    'clean-up after') after_clean_up ;;
    'snapshot before') ;;
    *) fail "there is no $phase with that; --help names what there is" 2 ;;
  esac
}

# Commands that give back what a half-way apply has taken.
show_repair() {
  case $phase in
    add-access-entries)
      warn_without ARN_OF_OPERATORS
      printf '%s\n' 'aws eks associate-access-policy --cluster-name spot --principal-arn "$ARN_OF_OPERATORS" --policy-arn arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy --access-scope type=cluster'
      ;;
    *) fail "this script has no --repair of $phase. Where the source has that phase already, run convert in a checkout of the commit before it" 2 ;;
  esac
}

# Commands for the state, before the way back.
show_back() {
  case $phase in
    add-access-entries)
      printf '%s\n' 'terraform state rm aws_eks_access_entry.karpenter'
      printf '%s\n' 'terraform state rm aws_eks_access_entry.operators'
      printf '%s\n' 'terraform state rm aws_eks_access_policy_association.operators_cluster_admin'
      ;;
    remove-aws-auth)
      printf '%s\n' 'terraform state rm '\''module.aws_auth.kubernetes_config_map_v1_data.aws_auth[0]'\'''
      printf '%s\n' 'terraform state rm '\''module.aws_auth.kubernetes_config_map.aws_auth[0]'\'''
      printf '%s\n' 'kubectl --context spot apply -f aws-auth-backup.yaml'
      printf '%s\n' 'terraform import '\''module.aws_auth.kubernetes_config_map.aws_auth[0]'\'' kube-system/aws-auth'
      ;;
    *) fail "this script has no --back of $phase. Where the source has that phase already, run convert in a checkout of the commit before it" 2 ;;
  esac
}

show_plan() {
  case $phase in
    enable-api)
      say ''
      say 'The plan of this phase must show:'
      say '  aws_eks_cluster.this[0]: updated in place, access_config.authentication_mode only; no change where the cluster has this mode already'
      say '  nothing destroyed, nothing replaced'
      say '  aws_iam_openid_connect_provider.oidc_provider[0]: may be updated in place, thumbprint_list known after apply, since the certificate is read once the cluster is changed; the apply writes the thumbprint in force'
      ;;
    add-access-entries)
      say ''
      say 'The plan of this phase must show:'
      say '  2 aws_eks_access_entry resources created'
      say '  1 aws_eks_access_policy_association created'
      say '  nothing changed, destroyed or replaced; the aws_auth resources are not in the plan'
      ;;
    remove-aws-auth)
      say ''
      say 'The plan of this phase must show:'
      say '  kubernetes_config_map_v1_data.aws_auth[0] destroyed, where manage_aws_auth_configmap was true'
      say '  kubernetes_config_map.aws_auth[0] destroyed, where create_aws_auth_configmap was true'
      say '  nothing else'
      ;;
    api-only)
      say ''
      say 'The plan of this phase must show:'
      say '  aws_eks_cluster.this[0]: updated in place, access_config.authentication_mode only'
      say '  nothing destroyed, nothing replaced'
      say '  aws_iam_openid_connect_provider.oidc_provider[0]: may be updated in place, thumbprint_list known after apply, since the certificate is read once the cluster is changed; the apply writes the thumbprint in force'
      ;;
    clean-up)
      say ''
      say 'The plan of this phase must show:'
      say '  No changes. Nothing of aws-auth is made here since phase 3.'
      ;;
    *) ;;
  esac
}

main "$@"
