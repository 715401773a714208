#!/usr/bin/env bash
# Helpers of the command-line tests. Each test script sources this file, then prints one line per result.
#
# Environment: TEE_VERIFY, TEE_MINT, TEE_MINTED (minted evidence), TEE_SOURCE. Run by scripts/test, or by hand with
# TEE_BUILD=build tests/cli/NAME.sh.
set -u
export LC_ALL=C.UTF-8
unset NO_COLOR
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
TEE_SOURCE=${TEE_SOURCE:-$(cd "$here/../.." && pwd)}
TEE_BUILD=$(cd "${TEE_BUILD:-$TEE_SOURCE/build}" && pwd)
verify=${TEE_VERIFY:-$TEE_BUILD/tee-verify}
mint=${TEE_MINT:-$TEE_BUILD/tests/tee-mint}
export PATH="$(dirname "$verify"):$(dirname "$mint"):$PATH"

work=$(mktemp -d "${TMPDIR:-/tmp}/tee-cli.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

ok() { echo "ok $1"; }
not_ok() { echo "not ok $1: ${2:-}"; }
skip() { echo "skip $1: $2"; }

# run COMMAND…: stdout in $out, stderr in $err, status in $status. Keeps standard input.
run() {
  "$@" >"$work/.out" 2>"$work/.err"
  status=$?
  out=$(tr -d '\0' <"$work/.out") err=$(tr -d '\0' <"$work/.err")
}

# check NAME CONDITION…: a command that must succeed.
check() {
  local name=$1
  shift
  if "$@"; then ok "$name"; else not_ok "$name" "status ${status:-?}: $(head -c 300 <<<"${err:-}${out:-}" | tr '\n' ' ')"; fi
}

# gives STATUS NAME COMMAND…
gives() {
  local want=$1 name=$2
  shift 2
  run "$@"
  if [ "$status" -eq "$want" ]; then ok "$name"; else not_ok "$name" "status $status, not $want: $(head -c 300 <<<"$err" | tr '\n' ' ')"; fi
}

contains() { case "$1" in *"$2"*) return 0 ;; *) return 1 ;; esac; }
lacks() { ! contains "$1" "$2"; }

# field /json/pointer: the value in $out, raw.
field() {
  python3 - "$1" "$work/.out" <<'P'
import json, sys
doc = json.load(open(sys.argv[2]))
for key in sys.argv[1].split('/')[1:]:
    doc = doc[int(key)] if isinstance(doc, list) else doc[key]
print(doc if isinstance(doc, str) else json.dumps(doc))
P
}

need() {  # need NAME COMMAND: skips the whole script when a command is absent
  command -v "$2" >/dev/null && return
  skip "$1" "$2 is not installed"
  exit 0
}

# minted VENDOR/VARIANT: its folder; the arguments are then in the array `args`, the evidence is the last of them.
minted() {
  folder=${TEE_MINTED:-$work/minted}/$1
  if [ ! -f "$folder/args" ]; then
    folder=$work/minted/$1
    "$mint" make "$1" "$folder" >/dev/null || return 1
  fi
  mapfile -t args <"$folder/args"
  evidence=${args[-1]}
}

# The first good variant of the first vendor that this build has: "snp/good-…".
some_good() { "$mint" list | python3 -c 'import json, sys
rows = [json.loads(l) for l in sys.stdin]
good = [r["vendor"] + "/" + r["variant"] for r in rows if r["variant"].startswith("good")]
print(good[0] if good else "")'; }
