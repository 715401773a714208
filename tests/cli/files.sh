#!/usr/bin/env bash
# Files of the operator: unreadable or unusable ones give status 3, never a verdict; output is complete or an error.
. "$(dirname "$0")/common.sh"

echo abc >file
printf 'no collateral at all' >junk

gives 3 bad-missing-evidence "$verify" --genuine-only /nonexistent/evidence
check "an error object, not a verdict" [ "$(field /schema)" = tee.error/1 ]
gives 3 bad-folder-as-evidence "$verify" --genuine-only .
gives 3 bad-missing-collateral "$verify" --collateral /nonexistent file
gives 3 bad-junk-collateral "$verify" --collateral junk file
gives 3 bad-missing-anchor "$verify" --trust-anchor /nonexistent file
gives 3 bad-junk-anchor "$verify" --trust-anchor junk file
gives 3 bad-missing-nonce "$verify" --nonce @/nonexistent file
gives 3 bad-missing-expectations "$verify" --expect @/nonexistent file
gives 3 bad-junk-expectations "$verify" --expect @junk file
gives 3 bad-junk-key "$verify" --public-key junk file

mkdir empty
gives 1 "a folder in which nothing matches is no error" "$verify" --collateral empty --genuine-only file

gives 3 bad-output-folder "$verify" --genuine-only -o /nonexistent/out file
run sh -c '"$1" --genuine-only file >/dev/full' sh "$verify"
check "bad-full-disk_S25" [ "$status" -eq 3 ]
run sh -c '"$1" --genuine-only file >&-' sh "$verify"
check "bad-closed-output_S25" [ "$status" -eq 3 ]
run bash -c '"$1" --genuine-only -o closed.json file 2>&-; "$1" --genuine-only -o closed2.json -f text file >&- 2>&-; "$1" --nonsense >&- 2>&- <&-' bash "$verify"
check "closed streams: no message gets into a file" [ "$(head -c 1 closed.json)$(tail -c 2 closed.json)" = "{}" -a "$status" -eq 2 ]
gives 3 bad-closed-input sh -c '"$1" --genuine-only <&-' sh "$verify"
# The reader goes away before anything is written.
run bash -c '"$1" --genuine-only file | :; echo "${PIPESTATUS[0]}"' bash "$verify"
check "a reader that goes away does not kill silently" [ "$out" = 1 -o "$out" = 3 ]

run "$verify" --genuine-only -o out.json file
check "-o writes the result" [ "$status" -eq 1 -a -z "$out" -a "$(head -c 1 out.json)" = "{" ]
gives 2 bad-output-is-input "$verify" --genuine-only -o ./file file
gives 2 bad-output-is-collateral "$verify" --genuine-only --collateral junk -o junk file
check "the input is untouched" [ "$(cat file)" = abc ]
echo before >kept
gives 3 "an error leaves the old output" "$verify" --collateral junk -o kept file
check "unchanged" [ "$(cat kept)" = before ]
check "nothing half-written is left" [ -z "$(find . -name '*.??????' -newer junk | grep -v '^./\.')" ]

gives 1 "standard input" sh -c '"$1" --genuine-only <file' sh "$verify"
gives 1 "a dash is standard input" sh -c '"$1" --genuine-only - <file' sh "$verify"
gives 1 "a pipe with a name" bash -c '"$1" --genuine-only <(cat file)' bash "$verify"
mv file inspect
gives 1 "a file that has the name of a command" "$verify" --genuine-only ./inspect
