#!/usr/bin/env bash
# Quotes of a live software TPM, made with tpm2-tools and judged as tpm_quote: each signature scheme, and what must not pass.
. "$(dirname "$0")/common.sh"
for tool in swtpm tpm2_quote tpm2_createprimary openssl python3; do need swtpm-quote $tool; done

mkdir state
swtpm socket --tpm2 --tpmstate dir=state --server type=unixio,path="$work/sock" --ctrl type=unixio,path="$work/sock.ctrl" \
  --flags not-need-init,startup-clear >swtpm.log 2>&1 &
swtpm_pid=$!
trap 'kill $swtpm_pid 2>/dev/null; wait $swtpm_pid 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 50); do [ -S sock ] && [ -S sock.ctrl ] && break; sleep 0.1; done
export TPM2TOOLS_TCTI="swtpm:path=$work/sock"

# There is no resource manager: every command leaves its key loaded.
tpm() { timeout 60 "$@" >>tpm.log 2>&1; local status=$?; timeout 60 tpm2_flushcontext -t >>tpm.log 2>&1; return $status; }
if ! tpm tpm2_pcrextend 11:sha256="$(printf 'a%.0s' $(seq 64))"; then
  skip swtpm-quote "the software TPM does not answer over a unix socket"
  exit 0
fi

nonce=00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef
restricted='fixedtpm|fixedparent|sensitivedataorigin|userwithauth|restricted|sign'

# A certificate authority of this test's own.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.crt -days 30 -subj "/CN=Test TPM CA" \
  -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout other.key -out other.csr -subj "/CN=Test AK" 2>/dev/null
printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n' >ak.ext
printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n' >tls.ext

# certify PEM EXTENSIONS OUT
certify() {
  openssl x509 -req -in other.csr -force_pubkey "$1" -CA ca.crt -CAkey ca.key -CAcreateserial -days 20 -extfile "$2" -out "$3" 2>/dev/null
}

# quoted NAME ALGORITHM SCHEME ATTRIBUTES: the key, its certificate and a quote, as NAME.*
quoted() {
  tpm tpm2_createprimary -C e -G "$2" -a "$4" -c "$1.ctx" &&
    tpm tpm2_readpublic -c "$1.ctx" -f tss -o "$1.tss" && tpm tpm2_readpublic -c "$1.ctx" -f pem -o "$1.pem" &&
    tpm tpm2_quote -c "$1.ctx" --scheme "$3" -l sha256:0,1,2,3,4,7,11 -q $nonce -m "$1.msg" -s "$1.sig" -o "$1.pcrs" -F values -g sha256 &&
    certify "$1.pem" ak.ext "$1.crt"
}

# evidence NAME [CHANGE]: the JSON form; CHANGE is Python over `doc`.
evidence() {
  python3 - "$1" "${2:-}" <<'P'
import json, sys
name, change = sys.argv[1:]
read = lambda suffix: open(name + suffix, "rb").read()
values, numbers = read(".pcrs"), [0, 1, 2, 3, 4, 7, 11]
doc = {"tpm_quote": {"message": read(".msg").hex(), "signature": read(".sig").hex(),
                     "pcrs": {str(n): values[32 * i:32 * i + 32].hex() for i, n in enumerate(numbers)}},
       "ak_public": read(".tss").hex()}
exec(change)
json.dump(doc, open(name + ".json", "w"))
P
}

# reason CODE: the last result names it.
reason() { contains "$(field /reasons)" "\"$1\""; }

for scheme in rsassa rsapss ecdsa; do
  algorithm=rsa2048:$scheme-sha256:null
  [ $scheme = ecdsa ] && algorithm=ecc256:ecdsa-sha256:null
  if ! quoted $scheme $algorithm $scheme "$restricted"; then
    not_ok "swtpm-$scheme" "$(tail -1 tpm.log)"
    continue
  fi
  evidence $scheme
  run "$verify" --genuine-only $scheme.json
  if [ "$(field /subject/type)" = null ]; then
    skip swtpm-quote "this build does not judge bare TPM quotes"
    exit 0
  fi
  gives 0 "swtpm-$scheme: the certificate of the key is the anchor" \
    "$verify" --genuine-only --nonce $nonce --trust-anchor $scheme.crt $scheme.json
  gives 0 "swtpm-$scheme: the certificate beside it chains to the anchor" \
    "$verify" --genuine-only --nonce $nonce --trust-anchor ca.crt --collateral $scheme.crt $scheme.json
  check "swtpm-$scheme: trust is custom" [ "$(field /trust)" = custom ]
  gives 0 "swtpm-$scheme: the operator names the key's certificate" \
    "$verify" --genuine-only --nonce $nonce --collateral $scheme.crt $scheme.json
  check "swtpm-$scheme: trust is supplied" [ "$(field /trust)" = supplied ]
  check "swtpm-$scheme: the type" [ "$(field /subject/type)" = tpm_quote ]
  check "swtpm-$scheme: no provider" [ "$(field /subject/provider)" = null ]
  check "swtpm-$scheme: freshness" [ "$(field /freshness)" = nonce ]
  check "swtpm-$scheme: not confidential" [ "$(field /claims/vendor/confidential)" = false ]
done

[ -f rsassa.json ] || exit 0
ask=("$verify" --genuine-only --nonce $nonce --trust-anchor ca.crt --collateral rsassa.crt)
pcr11=$(python3 -c 'import hashlib; print(hashlib.sha256(bytes(32) + bytes.fromhex("aa" * 32)).hexdigest())')
gives 0 "swtpm-quote: the extended PCR" "${ask[@]}" --expect "pcr11=$pcr11" rsassa.json
gives 4 "bad-pcr-pins-are-no-workload_S10" "$verify" --nonce $nonce --trust-anchor ca.crt --collateral rsassa.crt --expect "pcr11=$pcr11" rsassa.json
check "bad-pcr-pins-are-no-workload_S10: reason" reason workload.unasked
gives 4 "bad-nobody-vouches" "$verify" --genuine-only --nonce $nonce rsassa.json
check "bad-nobody-vouches: reason" reason vtpm.ak_unknown

evidence rsassa 'doc["ak_certificate"] = open("rsassa.crt").read()'
gives 4 "bad-certificate-of-the-evidence-only_S8" "$verify" --genuine-only --nonce $nonce rsassa.json
check "bad-certificate-of-the-evidence-only_S8: reason" reason vtpm.ak_unknown
gives 0 "swtpm-quote: that certificate under the operator's anchor" "$verify" --genuine-only --nonce $nonce --trust-anchor ca.crt rsassa.json
evidence rsassa 'doc["ak_certificate"] = open("ecdsa.crt").read()'
gives 1 "bad-certificate-of-another-key" "$verify" --genuine-only --nonce $nonce --trust-anchor ca.crt rsassa.json
check "bad-certificate-of-another-key: reason" reason vtpm.ak_mismatch
certify rsassa.pem tls.ext tls.crt
evidence rsassa 'doc["ak_certificate"] = open("tls.crt").read()'
gives 1 "bad-certificate-of-a-web-server" "$verify" --genuine-only --nonce $nonce --trust-anchor ca.crt rsassa.json
check "bad-certificate-of-a-web-server: reason" reason vtpm.ak_purpose

evidence rsassa
gives 1 "bad-nonce" "$verify" --genuine-only --nonce "${nonce/00/01}" --trust-anchor ca.crt --collateral rsassa.crt rsassa.json
evidence rsassa 'doc["tpm_quote"]["pcrs"]["11"] = "00" * 32'
gives 1 "bad-pcr-forged" "${ask[@]}" rsassa.json
check "bad-pcr-forged: reason" reason vtpm.pcr_digest
evidence rsassa 'doc["tpm_quote"]["pcrs"]["8"] = "11" * 32'
gives 1 "bad-pcr-outside-selection" "${ask[@]}" --expect "pcr8=$(printf '11%.0s' $(seq 32))" rsassa.json
check "bad-pcr-outside-selection: reason" reason claim.absent
evidence rsassa 'doc["tpm_quote"]["signature"] = open("ecdsa.sig", "rb").read().hex()'
gives 1 "bad-signature-of-another-key" "${ask[@]}" rsassa.json
evidence rsassa 'doc["tpm_quote"]["message"] = doc["tpm_quote"]["message"] + "00"'
gives 1 "bad-trailing-byte" "${ask[@]}" rsassa.json

# A key that signs any bytes: what it signs need not come from a TPM.
if quoted loose rsa2048:rsassa-sha256:null rsassa "${restricted/restricted|/}"; then
  evidence loose
  gives 1 "bad-unrestricted-key" "$verify" --genuine-only --nonce $nonce --trust-anchor ca.crt --collateral loose.crt loose.json
  check "bad-unrestricted-key: reason" reason vtpm.ak_attributes
else
  not_ok "bad-unrestricted-key" "$(tail -1 tpm.log)"
fi

if tpm tpm2_quote -c rsassa.ctx -l sha1:0 -q $nonce -m rsassa.msg -s rsassa.sig -o rsassa.pcrs -F values -g sha256; then
  evidence rsassa 'doc["tpm_quote"]["pcrs"] = {"0": values[:20].hex()}'
  gives 1 "bad-sha1-bank" "${ask[@]}" rsassa.json
  check "bad-sha1-bank: reason" reason vtpm.pcr_selection
else
  skip "bad-sha1-bank" "this TPM has no SHA-1 bank"
fi
