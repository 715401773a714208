#!/usr/bin/env bash
# Hostile input: one clear line, the right status, bounded memory, nothing printed raw.
. "$(dirname "$0")/common.sh"
need hostile python3

: >zero
head -c 9437184 /dev/zero >nine_mib
python3 -c 'print("[" * 100000, end="")' >nested
python3 -c 'print("{\"a\":" * 100000, end="")' >nested_objects
printf '\0\0\0\0' >nul
printf '{"schema":"tee.evidence/1","evidence_b64":"AA=="}\0junk' >nul_inside
printf '\xff\xfe\xc3\x28' >not_utf8
printf '\xef\xbb\xbf{}' >bom
printf '{"schema":"tee.evidence/1","schema":"tee.evidence/1"}' >twice
printf '{"sch\\u0065ma":"tee.evidence/1","schema":"tee.evidence/1"}' >twice_escaped
printf '{"a":1e400}' >overflow
printf '{"schema":"tee.evidence/1","provider":"\\u001b[31mred","type":"\\u202e","evidence_b64":"AA=="}' >escapes
python3 -c 'print("00" * 40)' >hex
python3 -c 'import json; print(json.dumps({"evidence": [1] * 2000000}))' >long_array

# Status, JSON, and the peak memory of the process in KiB.
measured() {
  python3 - "$verify" "$@" <<'P'
import json, resource, subprocess, sys
p = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
problems = []
if p.returncode != 1: problems.append("status %d" % p.returncode)
try:
    lines = p.stdout.decode("utf-8").splitlines()
    if [json.loads(l)["verdict"] for l in lines] != ["fail"]: problems.append("not one failed result")
except (ValueError, KeyError, UnicodeDecodeError) as e: problems.append("no JSON: %s" % e)
if any(b < 0x20 and b != 0x0a or b == 0x7f for b in p.stdout + p.stderr): problems.append("control characters")
if peak > 64 * 1024: problems.append("%d KiB" % peak)
print("; ".join(problems))
P
}
sanitized=$(grep -ac 'AddressSanitizer' "$verify")
for name in zero nine_mib nested nested_objects nul nul_inside not_utf8 bom twice twice_escaped overflow escapes hex long_array; do
  problems=$(measured --genuine-only "$name")
  # A sanitizer needs more memory than the limit that it is measured against.
  [ "$sanitized" -eq 0 ] || problems=$(sed 's/;* *[0-9]* KiB//' <<<"$problems")
  check "bad-$name" [ -z "$problems" ]
  [ -z "$problems" ] || echo "# $name: $problems"
done

evil=$(printf 'a\033]0;owned\007b\xe2\x80\xaec\nPASS')
echo abc >"$evil"
for format in json text; do
  run "$verify" --genuine-only -f $format -- "$evil"
  check "bad-file-name in ${format}_S26" lacks "$out$err" $'\033'
  check "bad-file-name in $format: no second line of its own" [ "$(grep -c '^PASS' <<<"$out$err")" -eq 0 ]
done
run "$verify" --genuine-only -- "/nonexistent/$evil"
check "bad-file-name in an error" lacks "$out$err" $'\033'
run "$verify" "--$evil"
check "bad-option-name" lacks "$out$err" $'\033'

run bash -c '(cat both 2>/dev/null; yes "{}" | head -c 60000) | "$1" --genuine-only -f ndjson --get /verdict | sort | uniq -c | tr -d " "' bash "$verify"
check "20000 empty objects, one verdict each" [ "$out" = "20000fail" ]
