#!/usr/bin/env bash
# Builds the stand-in and lays it out as a provider mirror that Terraform and OpenTofu install from:
#
#   build.sh <outdir>      makes <outdir>/<registry host>/hashicorp/<name>/<version>/<platform>/
#                          and <outdir>/cli.tfrc, to be named by TF_CLI_CONFIG_FILE
#
# The same binary lies there under every name; it knows by the name which provider it is. Other
# providers would come from their registry as usual: only hashicorp's are excluded from that, so a
# missing one fails at once instead of being downloaded.
#
# STANDIN_PROVIDERS overrides the list of name@version.
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: build.sh <outdir>" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
providers=${STANDIN_PROVIDERS:-"aws@5.50.0 aws@5.95.0 aws@6.28.0 kubernetes@2.35.0 time@0.12.1 tls@4.0.6 null@3.2.3 cloudinit@2.3.6 helm@2.17.0"}

binary=$out/standin
(cd "$here" && CGO_ENABLED=0 go build -ldflags '-s -w' -o "$binary" .)
platform=$(cd "$here" && go env GOOS)_$(cd "$here" && go env GOARCH)

for host in registry.terraform.io registry.opentofu.org; do
  for provider in $providers; do
    name=${provider%@*}
    version=${provider#*@}
    folder=$out/$host/hashicorp/$name/$version/$platform
    mkdir -p "$folder"
    # A hard link takes no space; some file systems have none.
    ln -f "$binary" "$folder/terraform-provider-${name}_v$version" 2>/dev/null ||
      cp -f "$binary" "$folder/terraform-provider-${name}_v$version"
  done
done

cat >"$out/cli.tfrc" <<CONFIG
provider_installation {
  filesystem_mirror {
    path    = "$out"
    include = ["registry.terraform.io/hashicorp/*", "registry.opentofu.org/hashicorp/*"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/*", "registry.opentofu.org/hashicorp/*"]
  }
}
CONFIG
echo "$out/cli.tfrc"
