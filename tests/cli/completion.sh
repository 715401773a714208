#!/usr/bin/env bash
# Completions: accepted by their shells, and complete.
. "$(dirname "$0")/common.sh"

"$verify" --completion bash >bash.sh
check "bash reads it" bash -n bash.sh
complete_in_bash() {
  bash -c 'source ./bash.sh; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tee_verify; printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
check "bash: options" contains "$(complete_in_bash tee-verify --gen)" "--genuine-only"
check "bash: commands" contains "$(complete_in_bash tee-verify ins)" inspect
check "bash: options of a command" contains "$(complete_in_bash tee-verify nonce --tt)" "--ttl"
check "bash: not those of another" lacks "$(complete_in_bash tee-verify nonce --gen)" "--genuine-only"
check "bash: choices" contains "$(complete_in_bash tee-verify --format tan)" tangle
check "bash: choices by letter" contains "$(complete_in_bash tee-verify -f tan)" tangle
touch some-evidence.bin
check "bash: files" contains "$(complete_in_bash tee-verify some)" some-evidence.bin
check "bash: files for a path" contains "$(complete_in_bash tee-verify --collateral some)" some-evidence.bin

for shell in zsh fish; do
  "$verify" --completion $shell >completion.$shell
  check "$shell: not empty" [ -s completion.$shell ]
  if command -v $shell >/dev/null; then check "$shell reads it" $shell -n completion.$shell; else skip "$shell reads it" "$shell is not installed"; fi
done
gives 2 bad-shell "$verify" --completion csh
