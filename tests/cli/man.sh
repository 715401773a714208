#!/usr/bin/env bash
# The manual pages: well-formed, complete, and their examples run.
. "$(dirname "$0")/common.sh"
need man python3

for page in "$TEE_SOURCE"/man/*.[1-8]; do
  name=$(basename "$page")
  if command -v mandoc >/dev/null; then
    run mandoc -T lint -W warning "$page"
    check "$name: mandoc finds nothing" [ "$status" -eq 0 -a -z "$out" ]
  else
    skip "$name" "mandoc is not installed"
  fi
done

run "$TEE_SOURCE/scripts/man" --check "$verify"
check "codes and claims are what the tables say" [ "$status" -eq 0 ]

# Every tool that was built has a page, and the page has what the tool offers, no more and no less.
for tool in "$TEE_BUILD"/tee-*; do
  [ -f "$tool" ] && [ -x "$tool" ] || continue
  name=$(basename "$tool")
  "$tool" --describe >"$name.json" || { not_ok "$name --describe"; continue; }
  python3 - "$TEE_SOURCE/man" "$name" <<'P'
import json, re, sys
folder, tool = sys.argv[1:]
description = json.load(open(tool + ".json"))
try: page = open("%s/%s.1" % (folder, tool)).read()
except OSError: raise SystemExit("not ok %s.1: there is no such page" % tool)
offered = {o["name"] for c in description["commands"] for o in c["options"]}
documented = {"--" + name for line in re.findall(r"^\.It Fl .*$", page, re.M) for name in re.findall(r"(?<=\s)-([a-z][a-z0-9-]+)", line)}
for name in sorted(offered | documented):
    problem = "is not in the page" if name not in documented else "does not exist" if name not in offered else ""
    print("not ok %s option %s: %s" % (tool, name, problem) if problem else "ok %s option %s" % (tool, name))
for command in description["commands"]:
    print(("ok " if re.search(r"^\.It Cm %s$" % command["name"], page, re.M) else "not ok ") + "%s command %s is in the page" % (tool, command["name"]))
for option in (o for c in description["commands"] for o in c["options"] if "choices" in o):
    for choice in option["choices"]:
        if not re.search(r"\b%s\b" % re.escape(choice), page):
            print("not ok %s %s %s: not in the page" % (tool, option["name"], choice))
for name in description["environment"]:
    print(("ok " if name in page else "not ok ") + "%s variable %s is in the page" % (tool, name))
codes = open(folder + "/tee-codes.7").read()
for row in description["exit_statuses"]:
    for where, text in (("tee-codes.7", codes), (tool + ".1", page)):
        print(("ok " if re.search(r"^\.It %d$" % row["status"], text, re.M) else "not ok ") + "status %d is in %s" % (row["status"], where))
    print(("ok " if row["name"] in codes else "not ok ") + "status %d has its name" % row["status"])
# Examples in the help name options that exist: the same tables, so parsing them is enough.
for c in description["commands"]:
    names = {o["name"] for o in c["options"]} | {"-" + o["letter"] for o in c["options"] if "letter" in o}
    for e in c["examples"]:
        if tool not in e["command"]: print("not ok %s example does not call it: %s" % (tool, e["command"]))
        if "|" in e["command"] or "&&" in e["command"]: continue
        for word in e["command"].split():
            if word == "--": break  # the rest belongs to another command
            if word.startswith("-") and word != "-" and word not in names: print("not ok %s example: %s has no %s" % (tool, c["name"], word))
print("ok %s examples in the help" % tool)
P
done

# Examples: every command line of EXAMPLES runs. Verdicts may be any, because the evidence has made-up roots; what must
# not happen is that the command line is wrong.
good=$(some_good)
if [ -z "$good" ]; then skip "examples" "no variant of the mint is good"; exit 0; fi
minted "$good" || { not_ok "tee-mint make $good"; exit 1; }
mkdir collateral
cp "$folder"/* collateral/ && rm -f collateral/args
cp "$evidence" report.bin
export MEASUREMENT
MEASUREMENT=$("$verify" "${args[@]}" --get /claims/measurement)
printf '{"measurement":"%s"}\n' "$MEASUREMENT" >expected.json
openssl genpkey -algorithm ed25519 -out verifier.key 2>/dev/null && openssl pkey -in verifier.key -pubout -out verifier.pub 2>/dev/null
export HASH
HASH=$("$verify" --expect @expected.json --nonce 00 --get /policy/sha256 report.bin)
python3 - "$evidence" >fleet.ndjson <<'P'
import base64, json, sys
print(json.dumps({"id": "a", "evidence": list(open(sys.argv[1], "rb").read())}))
P
while IFS= read -r line; do
  case "$line" in *verifier.*) if [ ! -s verifier.pub ]; then skip "example: $line" "openssl made no key"; continue; fi ;; esac
  run bash -c "$line"
  case "$line" in
    *"tee-verify --collateral"* | *"tee-verify --expect"* | *"tee-verify --ear-key"*) check "example: $line" [ "$status" -eq 0 -o "$status" -eq 1 -o "$status" -eq 4 ] ;;
    *) check "example: $line" [ "$status" -eq 0 ] ;;
  esac
done < <(sed -n '/^\.Sh EXAMPLES/,/^\.Sh DIAG/s/^\.Dl \$ //p' "$TEE_SOURCE/man/tee-verify.1")
while IFS= read -r line; do
  gives 0 "example: $line" bash -c "$line"
done < <(sed -n 's/^\.Dl \$ //p' "$TEE_SOURCE/man/tee-evidence.5")
