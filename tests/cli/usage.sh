#!/usr/bin/env bash
# Wrong command lines: status 2, one line of fact, a hint, an error object on standard output.
. "$(dirname "$0")/common.sh"

refused() {  # refused NAME CODE WORDS…
  local name=$1 code=$2
  shift 2
  run "$verify" "$@"
  check "$name: status 2" [ "$status" -eq 2 ]
  check "$name: $code" [ "$(field /error/code 2>/dev/null)" = "$code" ]
  check "$name: one line of fact" [ "$(grep -c '^tee-verify: ' <<<"$err")" -eq 1 ]
}

echo abc >file
refused bad-unknown-option usage.unknown_option --nonc 00 file
check "the nearest option is suggested" contains "$err" "hint: did you mean --nonce?"
refused bad-option-of-another-command usage.unknown_option --size 16 file
check "its command is named" contains "$err" "tee-verify nonce"
refused bad-missing-value usage.missing_value --nonce
refused bad-option-as-value usage.missing_value --nonce --genuine-only file
refused bad-empty-value usage.empty_value --nonce= file
refused bad-empty-word usage.empty_value --nonce "" file
refused bad-empty-file-name usage.empty_value ""
refused bad-switch-with-value usage.surplus_value --allow-debug=false file
refused bad-repeated usage.repeated --nonce 00 --nonce 01 file
refused bad-format usage.value -f yaml file
refused bad-odd-hex bytes.malformed --nonce abc file
refused bad-expect-unknown claim.unknown --expect measurment=00 file
check "the nearest claim is suggested" contains "$err" "measurement"
refused bad-expect-short claim.length --expect measurement=00ff file
refused bad-expect-zero claim.all_zero --expect "pcr0=$(printf '0%.0s' {1..96})" file
refused bad-accept-revoked usage.value --accept-tcb Revoked file
refused bad-accept-not-supported usage.value --accept-tcb OutOfDate,NotSupported file
refused bad-vmpl usage.value --allow-vmpl 4 file
refused bad-time time.malformed --at yesterday file
refused bad-duration time.malformed --max-age 10 file
refused bad-two-stdins usage.conflict - -
refused bad-pointer usage.value --get verdict file
refused bad-audience-alone usage.conflict --audience x file
check "what an audience goes with is said" contains "$err" "--nonce-key or --ear-key"
refused bad-ear-policy-alone usage.conflict --ear-policy "$(printf 'a%.0s' {1..64})" file
refused bad-ear-audience-alone usage.conflict --ear-audience x file
printf '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}' >ear.jwk
refused bad-ear-policy-short usage.value --ear-key ear.jwk --ear-policy aabb file
refused bad-ear-policy-no-hex usage.value --ear-key ear.jwk --ear-policy "$(printf 'g%.0s' {1..64})" file
run "$verify" --ear-key /nonexistent --genuine-only file
check "bad-ear-key-missing: status 3" [ "$status" -eq 3 ]
refused bad-explain-nothing usage.conflict explain -f json
refused bad-explain-code usage.code_unknown explain -f json tcb.out_of_dat
check "the nearest code is suggested" contains "$err" "tcb.out_of_date"
refused bad-nonce-size usage.value nonce -f json --size 8
refused bad-nonce-argument usage.surplus_value nonce -f json file

# Options of later versions do not exist yet.
for later in --policy --fetch --report; do
  refused "bad-not-yet$later" usage.unknown_option "$later" x file
done

run "$verify" inspct
check "a misspelt command is noticed" contains "$err" "did you mean the command inspect?"
check "but it is a missing file" [ "$status" -eq 3 ]
run "$verify" --genuine-only inspect
check "a command that does not stand first is noticed" contains "$err" "a command stands first"

run "$verify" -f text --nonc 00
check "with -f text no JSON is printed" [ -z "$out" ]
run "$verify" nonce --size 8
check "commands that print text leave standard output empty" [ -z "$out" -a "$status" -eq 2 ]
