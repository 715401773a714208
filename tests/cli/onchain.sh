#!/usr/bin/env bash
# --onchain-hash, --blueprint-env, and the verify command for blueprint managers.
. "$(dirname "$0")/common.sh"
need onchain python3
if ! minted nitro/good 2>/dev/null; then skip onchain "this build has no nitro"; exit 0; fi

# The hash that a contract stores is that of the file, byte for byte.
hash=0x$("$verify" "${args[@]}" --get /subject/keccak256)
gives 0 "the registered evidence passes" "$verify" "${args[@]}" --onchain-hash "$hash"
check "the questions say that a hash was asked for" [ "$(field /policy/questions/onchain_hash)" = true ]
gives 1 bad-other-hash "$verify" "${args[@]}" --onchain-hash "0x$(printf '12%.0s' {1..32})"
check "bad-other-hash: its reason" [ "$(field /reasons)" = '["onchain.mismatch"]' ]
run "$verify" --at "${args[1]}" --trust-anchor "device=$folder/root.der" --onchain-hash "$hash" "$evidence"
check "bad-hash-alone_S5: it is no workload and no freshness" [ "$status" -eq 4 -a "$(field /scope)" = authenticity ]
check "bad-hash-alone_S5: both stay open" [ "$(field /reasons)" = '["workload.unasked", "freshness.unasked"]' ]
printf '{"status":"pending","tee_type":"tdx"}' >pending.json
run "$verify" --genuine-only --onchain-hash 0xc716259fd50470c69c6881acb1e5a5e603b2e74d0430897943099903ccfe1f58 pending.json
check "bad-placeholder: refused" [ "$status" -eq 1 ]
check "bad-placeholder: by name" contains "$(field /reasons)" onchain.placeholder
gives 2 bad-zero-hash "$verify" --onchain-hash "0x$(printf '00%.0s' {1..32})" pending.json
check "bad-zero-hash: what it means" contains "$err" "nothing is stored"
gives 2 bad-short-hash "$verify" --onchain-hash 0x1234 pending.json

# A manager's environment narrows, and only with the flag.
gives 2 bad-no-manager "$verify" --blueprint-env "${args[@]}"
export BLUEPRINT_TEE_PROVIDER=AWS BLUEPRINT_TEE_BACKEND=aws-nitro BLUEPRINT_TEE_DEPLOYMENT_ID=7 BLUEPRINT_TEE_INSTANCE_ID=i-0
gives 0 "evidence of the deployment" "$verify" --blueprint-env "${args[@]}"
check "the proof names the deployment" [ "$(field /blueprint/deployment_id)" = 7 -a "$(field /blueprint/instance_id)" = i-0 ]
check "nothing on standard error" [ -z "$err" ]
if python3 -c 'import jsonschema' 2>/dev/null; then
  "$verify" --schema >schema.json
  check "the proof is a result" python3 -c 'import json, jsonschema
jsonschema.Draft7Validator(json.load(open("schema.json"))).validate(json.load(open(".out")))'
else
  skip "the proof is a result" "python3-jsonschema is not installed"
fi
gives 1 bad-other-cloud env BLUEPRINT_TEE_PROVIDER=Azure BLUEPRINT_TEE_BACKEND=azure-skr "$verify" --blueprint-env "${args[@]}"
check "bad-other-cloud: its reason" [ "$(field /reasons)" = '["blueprint.provider"]' ]
check "bad-other-cloud: one line for the manager to quote" [ "$(grep -c 'FAIL.*blueprint.provider' <<<"$err")" -eq 1 ]
gives 0 "without the flag nothing is read_S27" env BLUEPRINT_TEE_PROVIDER=Azure "$verify" "${args[@]}"
check "and no deployment is named" lacks "$out" '"blueprint"'
gives 2 bad-cloud-word env BLUEPRINT_TEE_PROVIDER=aws "$verify" --blueprint-env "${args[@]}"
gives 2 bad-backend-of-another-cloud env BLUEPRINT_TEE_BACKEND=azure-skr "$verify" --blueprint-env "${args[@]}"
gives 2 bad-two-subjects "$verify" --blueprint-env "${args[@]}" pending.json

# The command, against a machine that serves evidence. Its nonce is the one that the evidence answers.
command=$TEE_SOURCE/scripts/verify-tee-attestation
gives 2 bad-no-address "$command"
gives 2 bad-no-nonce-in-address "$command" --url http://127.0.0.1:1/
gives 2 bad-scheme "$command" --url 'file:///{nonce}'
gives 2 bad-public-ip env BLUEPRINT_TEE_PUBLIC_IP='x/../y' "$command" --url 'http://{ip}/{nonce}'
gives 4 bad-no-public-ip "$command" --url 'http://{ip}/{nonce}'
gives 2 bad-not-called-by-a-manager env -u BLUEPRINT_TEE_PROVIDER "$command"
command -v curl >/dev/null || { skip "the verify command" "curl is not installed"; exit 0; }

nonce=$(sed -n '/^--nonce$/{n;p}' "$folder/args")
mkdir bin served
printf '#!/bin/sh\n[ "$1" = nonce ] && exec echo %s\nexec "%s" "$@"\n' "$nonce" "$verify" >bin/tee-verify
chmod +x bin/tee-verify
cp "$evidence" "served/$nonce"
python3 - >port <<'P' &
import functools, http.server, sys
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory="served")
server = http.server.HTTPServer(("127.0.0.1", 0), handler)
print(server.server_port, flush=True)
sys.stderr = open("/dev/null", "w")
server.timeout = 5
for _ in range(40): server.handle_request()
P
server=$!
for _ in $(seq 50); do [ -s port ] && break; sleep 0.1; done
url="http://{ip}:$(cat port)/{nonce}"
asked=() skipped=''
for word in "${args[@]:0:${#args[@]}-1}"; do  # everything but the nonce and the evidence
  if [ -n "$skipped" ]; then skipped=''; elif [ "$word" = --nonce ]; then skipped=yes; else asked+=("$word"); fi
done
export BLUEPRINT_TEE_PUBLIC_IP=127.0.0.1
gives 0 "a deployment is accepted" env PATH="$work/bin:$PATH" "$command" --url "$url" "${asked[@]}"
check "and the proof is the result" [ "$(field /verdict)" = pass -a "$(field /blueprint/provider)" = AWS ]
gives 1 bad-other-workload env PATH="$work/bin:$PATH" "$command" --url "$url" "${asked[@]}" --expect "pcr8=$(printf 'ab%.0s' {1..48})"
check "bad-other-workload: the manager can quote why" contains "$err" workload.mismatch
gives 4 bad-nonce-of-the-command "$command" --url "$url" "${asked[@]}"
check "bad-nonce-of-the-command: nothing answers it" contains "$err" "no evidence from the instance"
cp "$evidence" served/stale
gives 1 bad-stale-evidence "$command" --url "${url%"{nonce}"}stale?{nonce}" "${asked[@]}"
check "bad-stale-evidence: its reason" contains "$(field /reasons)" freshness.nonce_mismatch
kill "$server" 2>/dev/null
