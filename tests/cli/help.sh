#!/usr/bin/env bash
# Help, version, schemas and completions: standard output, status 0.
. "$(dirname "$0")/common.sh"
need help python3

# Every tool that was built, every command of it.
for tool in "$TEE_BUILD"/tee-*; do
  [ -f "$tool" ] && [ -x "$tool" ] || continue
  name=$(basename "$tool")
  "$tool" --describe >description.json || { not_ok "$name --describe"; continue; }
  for word in "" $(python3 -c 'import json; print(*(c["name"] for c in json.load(open("description.json"))["commands"]))'); do
    # shellcheck disable=SC2086  # no word for the default command
    run "$tool" $word --help
    check "$name help ${word:-default}" [ "$status" -eq 0 -a -z "$err" ]
    check "$name help ${word:-default} begins with examples" contains "$(head -4 <<<"$out")" "Examples:"
  done
  run "$tool" --version
  check "$name version is one line" [ "$(wc -l <"$work/.out")" -eq 1 ]
  check "$name version names the tool" contains "$out" "$name 0."
  gives 0 "$name schema of its output" "$tool" --schema
  gives 2 "bad-option of $name" "$tool" --nonsense
  for shell in bash zsh fish; do
    run "$tool" --completion $shell
    check "$name completion for $shell" [ "$status" -eq 0 -a -n "$out" ]
    if command -v $shell >/dev/null; then check "$shell reads the completion of $name" $shell -n "$work/.out"; fi
  done
done

gives 0 "help wins over a wrong command line" "$verify" --help --nonsense
gives 2 "but not over one that is wrong before it" "$verify" --nonsense --help

run "$verify" --schema
check "schema of the result by default" contains "$out" "tee.result/1"
gives 0 "schema by name" "$verify" --schema tee.error.1
gives 2 "bad-schema-name" "$verify" --schema tee.nothing.1

run "$verify" inspect --schema tee.inspection.1
check "schema works after a command" [ "$status" -eq 0 ]
