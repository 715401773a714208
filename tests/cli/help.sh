#!/usr/bin/env bash
# Help, version, schemas and completions: standard output, status 0.
. "$(dirname "$0")/common.sh"

for words in "" "verify" "inspect" "explain" "nonce"; do
  # shellcheck disable=SC2086  # no word for the default command
  run "$verify" $words --help
  check "help ${words:-default}" [ "$status" -eq 0 -a -z "$err" ]
  check "help ${words:-default} begins with examples" contains "$(head -4 <<<"$out")" "Examples:"
done

run "$verify" --version
check "version is one line" [ "$(wc -l <"$work/.out")" -eq 1 ]
check "version names the tool" contains "$out" "tee-verify 0."

gives 0 "help wins over a wrong command line" "$verify" --help --nonsense
gives 2 "but not over one that is wrong before it" "$verify" --nonsense --help

run "$verify" --schema
check "schema of the result by default" contains "$out" "tee.result/1"
gives 0 "schema by name" "$verify" --schema tee.error.1
gives 2 "bad-schema-name" "$verify" --schema tee.nothing.1

run "$verify" inspect --schema tee.inspection.1
check "schema works after a command" [ "$status" -eq 0 ]
