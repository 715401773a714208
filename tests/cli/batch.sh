#!/usr/bin/env bash
# Many subjects: order, counts, replays, cut-off streams, endless ones.
. "$(dirname "$0")/common.sh"
need batch python3

good=$(some_good)
if [ -z "$good" ]; then skip batch "no variant of the mint is good"; exit 0; fi
minted "$good" || { not_ok "tee-mint make $good"; exit 1; }
flags=("${args[@]:0:${#args[@]}-1}")

python3 - "$evidence" >one.ndjson <<'P'
import base64, json, sys
raw = open(sys.argv[1], "rb").read()
print(json.dumps({"id": "first", "evidence_hex": raw.hex()}) if False else json.dumps(
    {"schema": "tee.evidence/1", "id": "first", "provider": "P", "type": "T", "evidence_b64": base64.b64encode(raw).decode()}))
P
# The envelope names provider and type as the result does.
"$verify" "${args[@]}" >result.json
python3 - <<'P'
import json
r = json.load(open("result.json"))["subject"]
line = open("one.ndjson").read().replace('"P"', json.dumps(r["provider"])).replace('"T"', json.dumps(r["type"]))
open("one.ndjson", "w").write(line)
P
sed 's/"first"/"second"/' one.ndjson >two.ndjson

gives 0 "an envelope" "$verify" "${flags[@]}" one.ndjson
check "is one subject by its file name" [ "$(field /subject/name)" = one.ndjson ]
cat one.ndjson two.ndjson >both.ndjson
gives 0 "two lines are two subjects" "$verify" "${flags[@]}" both.ndjson
check "one object per line" [ "$(wc -l <"$work/.out")" -eq 2 ]
check "named by id, in order" [ "$(python3 -c 'import json; print([json.loads(l)["subject"]["name"] for l in open(".out")])')" = "['first', 'second']" ]
gives 0 "standard input too" bash -c '"$@" <both.ndjson' bash "$verify" "${flags[@]}"
gives 0 "several files" "$verify" "${flags[@]}" "$evidence" "$evidence"

gives 1 bad-duplicate_S23 "$verify" "${flags[@]}" --distinct both.ndjson
check "the second fails, the first does not" [ "$(python3 -c 'import json; print([json.loads(l)["verdict"] for l in open(".out")])')" = "['pass', 'fail']" ]
gives 0 "the right count" "$verify" "${flags[@]}" --count 2 both.ndjson
gives 1 bad-count-too-few_S25 "$verify" "${flags[@]}" --count 3 both.ndjson
gives 1 bad-count-too-many_S25 "$verify" "${flags[@]}" --count 1 both.ndjson
gives 1 bad-count-of-one "$verify" "${flags[@]}" --count 2 one.ndjson
check "its result says so" [ "$(field /exit)" = 1 ]

printf '%s' "$(cat both.ndjson)" >cut.ndjson
gives 1 bad-unterminated-last-line_S25 "$verify" "${flags[@]}" cut.ndjson
{ cat one.ndjson; echo nonsense; cat two.ndjson; } >mixed.ndjson
gives 1 bad-line-in-between "$verify" "${flags[@]}" mixed.ndjson
check "the stream goes on behind it" [ "$(wc -l <"$work/.out")" -eq 3 ]
gives 1 "a definite no outranks a missing file" "$verify" "${flags[@]}" mixed.ndjson /nonexistent
gives 3 "a missing file outranks a pass" "$verify" "${flags[@]}" one.ndjson /nonexistent

for i in $(seq 200); do sed "s/\"first\"/\"s$i\"/" one.ndjson; done >many.ndjson
for jobs in 1 4; do
  run "$verify" "${flags[@]}" --jobs "$jobs" many.ndjson
  check "order with $jobs threads" [ "$(python3 -c 'import json; print([json.loads(l)["subject"]["name"] for l in open(".out")] == ["s%d" % (i + 1) for i in range(200)])')" = True ]
done
run bash -c '"$@" many.ndjson | head -n 1 >/dev/null; echo "${PIPESTATUS[0]}"' bash "$verify" "${flags[@]}"
check "a reader that goes away: status 3, no crash" [ "$out" = 3 -o "$out" = 0 ]

# A stream is answered line by line while it is still open.
mkfifo to from
"$verify" "${flags[@]}" -f ndjson <to >from 2>/dev/null &
exec 8>to 9<from
cat one.ndjson >&8
if read -r -t 20 line <&9; then check "a line is answered before the next one comes" contains "$line" '"verdict":"pass"'; else not_ok "a line is answered before the next one comes" timeout; fi
exec 8>&- 9<&-
wait

# An anchor that nothing asks for is no silent slip.
cp "$folder"/*root*.der root.der 2>/dev/null || cp "$folder"/*ark*.der root.der 2>/dev/null || openssl req -x509 -newkey rsa:2048 -nodes -keyout /dev/null -subj /CN=r -outform DER -out root.der 2>/dev/null
run "$verify" "${flags[@]}" --trust-anchor rim=root.der "$evidence"
check "bad-anchor-unused_S9: an anchor of a role that nothing has is a warning" contains "$(field /warnings)" anchor.unused
run "$verify" "${flags[@]}" --trust-anchor gcp/token=root.der "$evidence"
check "and so is one of another provider" contains "$(field /warnings)" gcp/token=root.der
run "$verify" "${flags[@]}" "$evidence"
check "anchors that were consulted are not mentioned" lacks "$out" anchor.unused
run "$verify" "${flags[@]}" --trust-anchor gcp/token=root.der both.ndjson
check "of several subjects the whole run says so" contains "$err" "gcp/token=root.der was not consulted by any subject"
check "and not each result" lacks "$out" anchor.unused

printf '{"schema":"tee.error/1","exit":5,"error":{"code":"device.absent","category":"platform","message":"no device","hint":null,"context":[]}}\n' >error.json
gives 5 "an error object is passed on with its status" "$verify" error.json
check "unchanged" [ "$(field /error/code)" = device.absent ]
gives 1 bad-forged-error "$verify" <(sed 's/"exit":5/"exit":0/' error.json)
