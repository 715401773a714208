#!/usr/bin/env bash
# A result written as EAR by one run and taken as evidence by another.
. "$(dirname "$0")/common.sh"
need ear python3
need ear openssl
if ! "$mint" list | grep -q '"vendor":"ear"'; then skip ear "this build has no ear"; exit 0; fi
minted snp/good-genoa-v3-vcek 2>/dev/null || { skip ear "this build has no snp"; exit 0; }

# Nothing in this evidence expires soon: the result lives from now on. The report data serves as a nonce.
nonce=$(sed -n '/^--report-data$/{n;p}' "$folder/args")
mapfile -t args < <(sed 's/^--report-data$/--nonce/' "$folder/args")
run "$verify" "${args[@]}"
check "the verdict that is passed on is a pass" [ "$status" -eq 0 ]
hash=$(field /policy/sha256)
check "the hash is that of the questions shown" [ "$(field /policy/questions | python3 -c 'import hashlib, json, sys
print(hashlib.sha256(json.dumps(json.load(sys.stdin), sort_keys=True, separators=(",", ":")).encode()).hexdigest())')" = "$hash" ]

for kind in "EC -pkeyopt ec_paramgen_curve:P-256" "EC -pkeyopt ec_paramgen_curve:P-384" ed25519; do
  # shellcheck disable=SC2086
  openssl genpkey -algorithm $kind -out key.pem 2>/dev/null && openssl pkey -in key.pem -pubout -out pub.pem 2>/dev/null
  gives 0 "signed with $kind" "$verify" "${args[@]}" -f ear --sign-key key.pem --ear-audience job-7 -o ear.jwt
  # Made-up roots and --at make it a warning (S18); all the rest must hold.
  gives 1 "bad-warning_S18: read back, $kind" "$verify" --ear-key pub.pem --audience job-7 --nonce "$nonce" --ear-policy "$hash" ear.jwt
  check "and nothing else is wrong, $kind" [ "$(field /reasons)" = '["ear.warning"]' ]
  check "the policy is accepted, $kind" [ "$(field /claims/vendor/policy_accepted)" = true ]
done
check "genuine stays open" [ "$(field /genuine)" = null ]
check "it is no hardware evidence" [ "$(field /claims/hardware_evidence)" = false ]

reads() {  # reads NAME REASON WORDS…
  local name=$1 reason=$2
  shift 2
  run "$verify" "$@" ear.jwt
  check "$name" contains "$(field /reasons)" "\"$reason\""
}
reads bad-other-nonce freshness.nonce_mismatch --ear-key pub.pem --nonce "$(printf 'ab%.0s' {1..32})"
reads bad-other-audience ear.audience --ear-key pub.pem --audience job-8
reads bad-other-questions ear.policy --ear-key pub.pem --ear-policy "$(printf 'ab%.0s' {1..32})"
openssl genpkey -algorithm ed25519 -out other.pem 2>/dev/null && openssl pkey -in other.pem -pubout -out other.pub 2>/dev/null
reads bad-other-key signature.invalid --ear-key other.pub
reads bad-no-key token.key_ungiven --genuine-only
gives 3 bad-private-key "$verify" --ear-key key.pem ear.jwt
check "the private key is not shown" lacks "$err$out" "$(sed -n 2p key.pem)"

# Other questions, another hash; the same questions about other evidence, the same.
run "$verify" "${args[@]}" --max-age 5m
check "one more question is another hash" [ "$(field /policy/sha256)" != "$hash" ]
echo junk >junk
run "$verify" "${args[@]:0:${#args[@]}-1}" junk
check "the hash does not depend on the evidence" [ "$(field /policy/sha256)" = "$hash" ]
run "$verify" "${args[@]}" -f ear
check "the unsigned form is no evidence" [ "$("$verify" --genuine-only --get /verdict - <"$work/.out" 2>/dev/null)" = fail ]
