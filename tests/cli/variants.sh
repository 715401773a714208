#!/usr/bin/env bash
# Every variant of the mint, good and bad, through the command line: status, verdict and reason.
. "$(dirname "$0")/common.sh"
need variants python3

list=${TEE_MINTED:-}/index.ndjson
if [ ! -s "$list" ]; then
  mkdir -p minted && "$mint" all minted >minted/index.ndjson || { not_ok "tee-mint all"; exit 1; }
  list=minted/index.ndjson
fi

python3 - "$verify" "$list" "$TEE_SOURCE/lib/evidence/schema/tee.result.1.json" <<'P'
import json, subprocess, sys
try:
    import jsonschema
    validator = jsonschema.Draft7Validator(json.load(open(sys.argv[3])))
except ImportError:
    validator = None
    print("skip variants-schema: python3-jsonschema is not installed")
verdicts = {0: "pass", 1: "fail", 4: "inconclusive"}
for line in open(sys.argv[2]):
    row = json.loads(line)
    name = row["vendor"] + "/" + row["variant"]
    args = open(row["folder"] + "/args").read().split("\n")[:-1]
    p = subprocess.run([sys.argv[1]] + args, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    wrong = []
    if p.returncode != row["exit"]:
        wrong.append("status %d, not %d" % (p.returncode, row["exit"]))
    try:
        result = json.loads(p.stdout)
        if result.get("exit") != p.returncode:
            wrong.append("exit in the result is %s" % result.get("exit"))
        if p.returncode in verdicts:
            if result.get("verdict") != verdicts[p.returncode]:
                wrong.append("verdict %s" % result.get("verdict"))
            if row["code"] and row["code"] not in result["reasons"]:
                wrong.append("reasons %s lack %s" % (result["reasons"], row["code"]))
            if validator:
                wrong += ["%s: %s" % ("/".join(map(str, e.path)), e.message[:120]) for e in list(validator.iter_errors(result))[:3]]
    except ValueError:
        wrong.append("no JSON")
    print("not ok %s: %s" % (name, "; ".join(wrong)) if wrong else "ok " + name)
P
