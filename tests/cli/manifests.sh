#!/usr/bin/env bash
# The examples under manifests/ do what they say.
. "$(dirname "$0")/common.sh"

echo abc >file
for example in "$TEE_SOURCE"/manifests/expectations/*.json; do
  run "$verify" --expect "@$example" file
  check "expectations $(basename "$example") are read" [ "$status" -eq 1 ]
done

gate=$TEE_SOURCE/manifests/ci/gate
if ! minted nitro/good 2>/dev/null; then skip gate "this build has no nitro"; exit 0; fi
printf 'Z%.0s' $(seq 32) >nonce.bin
options=(--at "${args[1]}" --trust-anchor "device=$folder/root.der")
gives 0 "the gate opens for good evidence" "$gate" "$TEE_SOURCE/manifests/expectations/nitro.json" nonce.bin "$evidence" "${options[@]}"
check "and leaves the result" [ "$(python3 -c 'import json; print(json.load(open("result.json"))["verdict"])')" = pass ]
printf 'Y%.0s' $(seq 32) >other.bin
gives 1 "bad-nonce: the gate stays shut" "$gate" "$TEE_SOURCE/manifests/expectations/nitro.json" other.bin "$evidence" "${options[@]}"
gives 1 "bad-evidence: the gate stays shut" "$gate" "$TEE_SOURCE/manifests/expectations/nitro.json" nonce.bin file "${options[@]}"
gives 3 "bad-missing-evidence: the gate stays shut" "$gate" "$TEE_SOURCE/manifests/expectations/nitro.json" nonce.bin /nonexistent
gives 2 "bad-command-line: the gate stays shut" "$gate" "$TEE_SOURCE/manifests/expectations/nitro.json" nonce.bin "$evidence" --nonsense
gives 3 "bad-expectations-file: the gate stays shut" "$gate" /nonexistent nonce.bin "$evidence" "${options[@]}"
gives 75 "bad-undecided: the gate asks to try again" "$gate" "$TEE_SOURCE/manifests/expectations/nitro.json" nonce.bin "$evidence" "${options[@]}" --require-peer-binding
