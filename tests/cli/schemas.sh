#!/usr/bin/env bash
# Every kind of output is valid under the schema that it names.
. "$(dirname "$0")/common.sh"
need schemas python3
if ! python3 -c 'import jsonschema' 2>/dev/null; then skip schemas "python3-jsonschema is not installed"; exit 0; fi

cat >validate.py <<'P'
import functools, json, subprocess, sys
from jsonschema import Draft7Validator

@functools.lru_cache(None)
def validator(name):
    schema = json.loads(subprocess.run([sys.argv[1], "--schema", name], check=True, capture_output=True, text=True).stdout)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)

name, problems, count = sys.argv[2], [], 0
for line in sys.stdin.read().splitlines() if "--lines" in sys.argv else [sys.stdin.read()]:
    doc = json.loads(line)
    problems += ["%s: %s" % ("/".join(map(str, e.absolute_path)), e.message[:150]) for e in validator(doc["schema"]).iter_errors(doc)]
    count += 1
print("ok " + name if count and not problems else "not ok %s: %s" % (name, "; ".join(problems[:3]) or "nothing to validate"))
P
valid() { python3 validate.py "$verify" "$@"; }

echo abc >file
"$verify" --genuine-only file | valid "result of malformed evidence"
"$verify" --nonc 2>/dev/null | valid "error: usage"
"$verify" /nonexistent 2>/dev/null | valid "error: a missing file"
"$verify" --describe | valid description
"$verify" nonce -f json | valid "random nonce"
head -c 32 /dev/urandom >key
"$verify" nonce -f json --nonce-key key --audience a | valid "stateless nonce"
"$verify" explain --all -f ndjson | valid "every code" --lines
"$verify" explain --claims -f ndjson | valid "every claim" --lines
"$verify" inspect file | valid "inspection of malformed evidence"

"$mint" list | python3 -c 'import json, sys
seen = {}
for line in sys.stdin:
    row = json.loads(line)
    if row["variant"].startswith("good"): seen.setdefault(row["vendor"], row["variant"])
for vendor, variant in seen.items(): print(vendor + "/" + variant)' >good
while read -r variant; do
  minted "$variant" || { not_ok "tee-mint make $variant"; continue; }
  "$verify" "${args[@]}" | valid "result of $variant"
  "$verify" inspect "$evidence" | valid "inspection of $variant"
  for file in "$folder"/*.der; do
    [ -f "$file" ] || continue
    "$verify" inspect "$file" >"$work/.out" 2>&1
    check "inspect decodes the collateral of $variant" [ $? -eq 0 ]
    check "and says so" [ "$(field /subject/form)" = collateral ]
    valid "inspection of collateral of $variant" <"$work/.out"
    break
  done
done <good
if minted "$(head -1 good)"; then "$verify" bench -f json --duration 1s "${args[@]}" | valid bench; fi

# The reverse: a schema that accepts anything would be no test.
for bad in '{"schema":"tee.result/1"}' '{"schema":"tee.error/1","exit":0,"error":{}}' '{"schema":"tee.nonce/1","nonce":"xyz"}'; do
  case "$(echo "$bad" | python3 validate.py "$verify" x)" in not*) ok "bad-document is refused" ;; *) not_ok "bad-document is refused" "$bad" ;; esac
done

# The embedded schemas are the files.
for file in "$TEE_SOURCE"/lib/evidence/schema/*.json; do
  name=$(basename "$file" .json)
  check "embedded $name" cmp -s "$file" <("$verify" --schema "$name")
done
