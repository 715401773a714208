#!/usr/bin/env bash
# The verifier holds no network code, works without a network, and reads no settings from the environment (S27).
. "$(dirname "$0")/common.sh"

if command -v ldd >/dev/null && ldd "$verify" >libraries 2>/dev/null; then
  check "no libcurl" lacks "$(cat libraries)" libcurl
  check "no libsodium" lacks "$(cat libraries)" libsodium
else
  skip libraries "ldd cannot read the executable"
fi

good=$(some_good)
if [ -z "$good" ]; then skip offline "no variant of the mint is good"; exit 0; fi
minted "$good" || { not_ok "tee-mint make $good"; exit 1; }
run "$verify" "${args[@]}"
plain=$out plain_status=$status
check "the good variant passes" [ "$status" -eq 0 ]

if unshare -rn true 2>/dev/null; then
  run unshare -rn "$verify" "${args[@]}"
  check "the same without a network" [ "$status" -eq 0 -a "$out" = "$plain" ]
else
  skip "the same without a network" "unshare is not permitted"
fi

# A configuration that would break or change things if anything read it.
mkdir -p home/.config/tee
printf 'openssl_conf = x\n[x]\nproviders = y\n[y]\ndefault = z\n[z]\nactivate = 0\n' >openssl.cnf
echo 'allow_debug = true' >home/.config/tee/config.toml
for setting in "OPENSSL_CONF=$work/openssl.cnf" "OPENSSL_MODULES=/nonexistent" "SSL_CERT_FILE=/nonexistent" "SSL_CERT_DIR=/nonexistent" \
  "HOME=$work/home" "XDG_CONFIG_HOME=$work/home/.config" "TEE_CONFIG=$work/home/.config/tee/config.toml" "TEE_SIMULATE=snp" \
  "TENZRO_SIMULATE_TDX=1" "TEE_BACKEND=direct" "TEE_ALLOW_DEBUG=1" "TEE_NONCE=00" "http_proxy=http://127.0.0.1:1" "TZ=Asia/Kathmandu" "LANG=de_DE"; do
  run env "$setting" "$verify" "${args[@]}"
  check "bad-environment ${setting%%=*}_S27" [ "$status" -eq "$plain_status" -a "$out" = "$plain" ]
done
