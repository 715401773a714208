#!/usr/bin/env bash
# tee-seal seal, unseal and inspect with the simulator's root; the forms; what tampering gives.
. "$(dirname "$0")/common.sh"
need seal python3
seal=$TEE_BUILD/tee-seal
export XDG_STATE_HOME=$work/state HOME=$work/home

# refused CODE NAME COMMAND…: status 1, the code on standard error, no output file.
refused() {
  local code=$1 name=$2
  shift 2
  rm -f refused.out
  run "$@" -o refused.out
  check "$name" [ "$status" -eq 1 -a ! -e refused.out ]
  check "$name says $code" contains "$err" "$code:"
  check "$name has a report" [ "$(field /error/code)" = "$code" ]
}

gives 2 "no command is a usage error" "$seal"
check "and shows the help" contains "$err" "Commands:"
gives 2 "bad-command" "$seal" unsael
check "a suggestion" contains "$err" "did you mean unseal"

printf 'correct horse battery staple' >secret
gives 0 seal "$seal" seal --root sim --key-id db -o db.sealed secret
check "the report says that it is simulated" [ "$(field /simulated)" = true ]
check "the blob is not readable by others" [ "$(stat -c %a db.sealed)" = 600 ]
check "nor is the simulator's key" [ "$(stat -c %a state/tee-tools/sim-seal.key)" = 600 ]
gives 0 unseal "$seal" unseal --root sim --key-id db -o back db.sealed
check "the same bytes" cmp -s secret back
check "plaintext is not readable by others" [ "$(stat -c %a back)" = 600 ]
run "$seal" seal --root sim --key-id db secret
cp "$work/.out" again.sealed
check "data on standard output, nothing else" [ "$status" -eq 0 -a -z "$err" ]
check "no blob equals another" [ "$(cmp -s db.sealed again.sealed; echo $?)" -eq 1 ]
check "through pipes" [ "$("$seal" unseal --root sim --key-id db <again.sealed)" = "$(cat secret)" ]

# Sizes around the chunks.
for size in 0 1 65535 65536 65537 131072 1048575 1048576 1048577 2000000; do
  head -c $size /dev/urandom >plain
  "$seal" seal --root sim --key-id s plain | "$seal" unseal --root sim --key-id s >again
  check "$size bytes there and back" cmp -s plain again
done

# What the command line says, not what the header says (S34).
refused seal.header_mismatch "bad-other-key-id_S34" "$seal" unseal --root sim --key-id other db.sealed
gives 2 "bad-no-root" "$seal" unseal --key-id db db.sealed
gives 2 "bad-no-key-id" "$seal" unseal --root sim db.sealed
gives 2 "bad-key-id" "$seal" unseal --root sim --key-id 'a b' db.sealed
for root in tdx nvidia nitro; do
  gives 5 "bad-root-$root: no key is invented" "$seal" seal --root $root --key-id db secret
  check "$root points to the exchange" contains "$err" "tee-seal keygen"
done
gives 2 "bad-report-without-o" "$seal" seal --root sim --key-id db -f json secret
gives 3 "bad-input-missing" "$seal" seal --root sim --key-id db -o x /nonexistent
gives 2 "bad-input-is-output" "$seal" seal --root sim --key-id db -o secret secret
run "$seal" unseal --root sim --key-id other db.sealed
check "bad-data without -o: standard output stays empty" [ "$status" -eq 1 -a -z "$out" ]

# Another installation.
XDG_STATE_HOME=$work/elsewhere gives 5 "bad-no-key-yet_S31: unsealing makes none" "$seal" unseal --root sim --key-id db -o x db.sealed
XDG_STATE_HOME=$work/elsewhere "$seal" seal --root sim --key-id x -q -o /dev/null secret
run env XDG_STATE_HOME="$work/elsewhere" "$seal" unseal --root sim --key-id db -o x db.sealed
check "bad-other-installation_S31" [ "$status" -eq 1 -a "$(field /error/code)" = seal.not_ours ]
chmod 644 elsewhere/tee-tools/sim-seal.key
XDG_STATE_HOME=$work/elsewhere gives 3 "bad-key-readable-by-others" "$seal" unseal --root sim --key-id db -o x db.sealed
chmod 600 elsewhere/tee-tools/sim-seal.key && head -c 31 /dev/zero >elsewhere/tee-tools/sim-seal.key
XDG_STATE_HOME=$work/elsewhere gives 3 "bad-key-damaged" "$seal" unseal --root sim --key-id db -o x db.sealed

# Tampering. The stream of `big` is three whole chunks and a half.
head -c 230000 /dev/urandom >plain
"$seal" seal --root sim --key-id db -q -o big plain
cat >tamper.py <<'P'
import struct, sys
kind, source = sys.argv[1:]
b = bytearray(open(source, "rb").read())
n = struct.unpack(">I", b[10:14])[0]
start, chunk = 14 + n + 32, 65536 + 16
head, stream = b[:start], b[start:]
c = [stream[i:i + chunk] for i in range(0, len(stream), chunk)]
def join(chunks): return bytes(head) + b"".join(bytes(x) for x in chunks)
if kind == "magic": b[0] ^= 1; out = bytes(b)
elif kind == "version": b[8] = 2; out = bytes(b)
elif kind == "kind": b[9] = 3; out = bytes(b)
elif kind == "exchange": b[9] = 2; out = bytes(b)
elif kind == "length": b[10] = 1; out = bytes(b)
elif kind == "spelling": out = bytes(b[:10]) + struct.pack(">I", n + 1) + bytes(b[14:14 + n]) + b" " + bytes(b[14 + n:])
elif kind == "extra": out = bytes(b[:10]) + struct.pack(">I", n + 6) + bytes(b[14:13 + n]).replace(b'{"aead"', b'{"a":0,"aead"', 1) + b"}" + bytes(b[14 + n:])
elif kind == "aead": out = bytes(b).replace(b"AES-256-GCM", b"AES-256-CTR", 1)
elif kind == "fields": out = bytes(b[:10]) + struct.pack(">I", n + 5) + bytes(b[14:14 + n]).replace(b'"fields":{}', b'"fields":{"a":1}', 1) + bytes(b[14 + n:])
elif kind == "salt": i = bytes(b).index(b'"salt":"') + 8; b[i] = ord("0") if b[i] != ord("0") else ord("1"); out = bytes(b)
elif kind == "wrapped": i = bytes(b).index(b'"wrapped":"') + 11; b[i] = ord("0") if b[i] != ord("0") else ord("1"); out = bytes(b)
elif kind == "mac": b[14 + n] ^= 1; out = bytes(b)
elif kind == "bit": c[1][7] ^= 1; out = join(c)
elif kind == "swapped": out = join([c[1], c[0]] + c[2:])
elif kind == "repeated": out = join([c[0], c[0]] + c[1:])
elif kind == "left-out": out = join([c[0]] + c[2:])
elif kind == "whole-chunk-cut": out = join(c[:-1])
elif kind == "cut": out = join(c)[:-1]
elif kind == "all-cut": out = bytes(head)
elif kind == "appended": out = join(c) + b"x"
elif kind == "chunk-appended": out = join(c) + bytes(c[0])
elif kind == "header-only": out = bytes(b[:20])
sys.stdout.buffer.write(out)
P
while read -r kind code; do
  python3 tamper.py "$kind" big >bad
  refused "$code" "bad-$kind" "$seal" unseal --root sim --key-id db bad
done <<'L'
magic seal.malformed
version seal.malformed
kind seal.malformed
exchange seal.header_mismatch
length seal.malformed
spelling seal.malformed
extra seal.header_changed
aead seal.malformed
fields seal.header_mismatch
salt seal.not_ours
wrapped seal.not_ours
mac seal.header_changed
bit seal.changed
swapped seal.reordered
repeated seal.reordered
left-out seal.reordered
whole-chunk-cut seal.truncated
cut seal.truncated
all-cut seal.truncated
appended seal.truncated
chunk-appended seal.changed
header-only seal.malformed
L
# A stream whose last chunk is full, so that what follows stands by itself.
head -c 65536 plain >one && "$seal" seal --root sim --key-id db -q -o one.sealed one
python3 tamper.py appended one.sealed >bad
refused seal.trailing "bad-after-the-end" "$seal" unseal --root sim --key-id db bad

# The seed form.
gives 0 "seed form" "$seal" seal --root sim --key-id db --form seed -o seed secret
check "nonce, ciphertext, tag" [ "$(stat -c %s seed)" -eq $((12 + 28 + 16)) ]
gives 0 "seed form opens" "$seal" unseal --root sim --key-id db --form seed -o back seed
check "the same bytes from the seed form" cmp -s secret back
refused seal.not_ours "bad-seed-other-key-id" "$seal" unseal --root sim --key-id other --form seed seed
refused seal.truncated "bad-seed-short" "$seal" unseal --root sim --key-id db --form seed <(head -c 27 seed)
refused seal.malformed "bad-no-automatic-seed-form_S34" "$seal" unseal --root sim --key-id db seed
head -c $((64 * 1024 * 1024 + 1)) /dev/zero >large
gives 3 "bad-seed-too-large_S33" "$seal" seal --root sim --key-id db --form seed -o x large
check "nothing is left" [ ! -e x ]

# What others sealed under public values: only on demand, with a warning.
printf '000102030405060708090a0b9d2e0ee378cdd3473f68fec5049c9d3a6bcbdf0f942521f0f730f672993c7b08df8a720f5d2e7eb74b31aab7ab71e0f21c' | xxd -r -p >tenzro 2>/dev/null
if [ -s tenzro ]; then
  run "$seal" unseal --form tenzro-legacy --key-id 6f1c2b7e-2b3a-4c5d-8e9f-0a1b2c3d4e5f --vendor-tag intel-tdx tenzro
  check "tenzro-legacy opens" [ "$status" -eq 0 -a "$out" = "private-model-weights-or-api-keys" ]
  check "tenzro-legacy warns" contains "$err" "anybody who has the data can open it"
  refused seal.not_ours "bad-tenzro-tag" "$seal" unseal --form tenzro-legacy --key-id 6f1c2b7e-2b3a-4c5d-8e9f-0a1b2c3d4e5f --vendor-tag amd-sev-snp tenzro
  gives 2 "bad-tenzro-root" "$seal" unseal --form tenzro-legacy --root sim --key-id 6f1c2b7e-2b3a-4c5d-8e9f-0a1b2c3d4e5f --vendor-tag intel-tdx tenzro
else
  skip "tenzro-legacy" "xxd is not installed"
fi

# Recovery: a key as age-keygen writes it, here with an example that is printed in age's own documentation.
cat >recovery.key <<'K'
# public key: none
AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33
K
recipient=age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa
gives 0 "seal with recovery" "$seal" seal --root sim --key-id db --recovery $recipient -o recoverable plain
check "the recipient is in the header" [ "$("$seal" inspect --get /details/recovery/0/recipient recoverable)" = $recipient ]
rm -rf state
gives 0 "recovery needs no machine" "$seal" unseal --recovery-key recovery.key -o back recoverable
check "recovered bytes are the same" cmp -s plain back
refused seal.not_ours "bad-recovery-key" "$seal" unseal --recovery-key recovery.key db.sealed
gives 2 "bad-recovery-checksum" "$seal" seal --root sim --key-id db --recovery ${recipient%a}q -o x plain
gives 2 "bad-recovery-low-order" "$seal" seal --root sim --key-id db --recovery x25519:0000000000000000000000000000000000000000000000000000000000000000 -o x plain
gives 3 "bad-identity" "$seal" unseal --recovery-key plain -o x recoverable

# inspect
run "$seal" inspect db.sealed
check "inspect" [ "$status" -eq 0 -a "$(field /form)" = chunked -a "$(field /details/simulated)" = true ]
check "inspect shows no more than the header" lacks "$out" "correct horse"
gives 1 "inspect of noise" "$seal" inspect seed

# Killed while writing: the old state or the new one, and nothing beside it is taken for either.
printf old >target
mkfifo slow
"$seal" seal --root sim --key-id db -o target <slow &
pid=$!
exec 9>slow
head -c 3000000 /dev/zero >&9
sleep 0.2
kill -9 $pid
exec 9>&-
wait $pid 2>/dev/null
check "killed while writing: the old file stands" [ "$(cat target)" = old ]
rm -f target.??????
for signal in TERM HUP; do
  "$seal" unseal --root sim --key-id db -o other <slow 2>/dev/null &
  pid=$!
  exec 9>slow
  sleep 0.1
  kill -$signal $pid
  exec 9>&-
  wait $pid 2>/dev/null
  status=$?
  check "SIG$signal ends it, and no file appears" [ ! -e other -a "$status" -gt 1 ]
done

# Schemas.
if python3 -c 'import jsonschema' 2>/dev/null; then
  valid() {
    python3 -c 'import json, sys, jsonschema, subprocess
doc = json.load(sys.stdin)
schema = json.loads(subprocess.run([sys.argv[1], "--schema", doc["schema"]], check=True, capture_output=True).stdout)
errors = [e.message for e in jsonschema.Draft7Validator(schema).iter_errors(doc)]
print("not ok %s: %s" % (sys.argv[2], errors[:2]) if errors else "ok " + sys.argv[2])' "$seal" "$1"
  }
  "$seal" seal --root sim --key-id db -o v secret | valid "report of seal"
  "$seal" unseal --root sim --key-id db -o w v | valid "report of unseal"
  "$seal" unseal --root sim --key-id x -o w v 2>/dev/null | valid "report of a refusal"
  "$seal" inspect v | valid "inspection"
  "$seal" inspect secret 2>/dev/null | valid "inspection of noise"
  "$seal" seal --root tdx --key-id db -o v secret 2>/dev/null | valid "error with -o"
else
  skip "schemas of tee-seal" "python3-jsonschema is not installed"
fi

# The examples of the manual run.
cp secret password
while IFS= read -r line; do
  PATH=$TEE_BUILD:$PATH gives 0 "example: $line" bash -c "$line"
done < <(sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/s/^\.Dl \$ //p' "$TEE_SOURCE/man/tee-seal.1")

if command -v ldd >/dev/null; then check "no network library" lacks "$(ldd "$seal" 2>/dev/null)" libcurl; fi
