#!/usr/bin/env bash
# An undecided verdict ends with the command that settles it, and that command does.
. "$(dirname "$0")/common.sh"
need settle python3

good=$(some_good)
if [ -z "$good" ]; then skip settle "no variant of the mint is good"; exit 0; fi
minted "$good" || { not_ok "tee-mint make $good"; exit 1; }
# The same without its questions, and without its collateral.
python3 - <<'P' "${args[@]}" >bare
import sys
args, out, i = sys.argv[1:], [], 0
waived = {"--genuine-only": 0, "--expect": 1, "--nonce": 1, "--report-data": 1, "--max-age": 1, "--user-data": 1, "--public-key": 1, "--binding": 1}
while i < len(args):
    if args[i] in waived: i += 1 + waived[args[i]]; continue
    out.append(args[i]); i += 1
print("\n".join(out))
P
mapfile -t bare <bare
gives 4 "nothing asked is undecided" "$verify" "${bare[@]}"
run "$verify" -f text "${bare[@]}"
check "text says so" contains "$out" "INCONCLUSIVE"
check "and gives a command" contains "$out" "To settle it:"
command=$(grep -A1 'To settle it:' <<<"$out" | tail -1)
check "that begins like the one given" contains "$command" "tee-verify -f text --at"
check "and asks about the workload" contains "$command" "--expect "
check "bad-hint-loosens_S26" lacks "$command" "--allow"
check "the flags of loosening are no hint" lacks "$(grep -E 'enable with|settle with' <<<"$out")" "--accept"

# What it names, filled in from records: here from the result itself.
"$verify" "${args[@]}" >known.json
measurement=$("$verify" "${args[@]}" --get /claims/measurement)
check "the claim can be read raw" [ ${#measurement} -ge 64 ]

# Pasted with other quoting needs.
cp "$evidence" "it's here"
run "$verify" -f text "${bare[@]:0:${#bare[@]}-1}" "it's here"
check "names are quoted for the shell" contains "$out" "'it'\\''s here'"
