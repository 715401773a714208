#!/usr/bin/env bash
# Formats, --get, --quiet, colours: what goes where.
. "$(dirname "$0")/common.sh"
need output python3

echo abc >file
run "$verify" --genuine-only file
check "JSON is one line in a pipe" [ "$(wc -l <"$work/.out")" -eq 1 ]
check "and nothing on standard error when that is no terminal" [ -z "$err" ]
check "exit in the result is the status" [ "$(field /exit)" = "$status" ]

run "$verify" --genuine-only -f text file
check "text: the verdict comes first" contains "$(head -1 <<<"$out")" "FAIL  file"
check "text: no JSON" lacks "$out" '"schema"'
check "text: no colour in a pipe" lacks "$out" $'\x1b'
run "$verify" --genuine-only -f text --color always file
check "colour on demand" contains "$out" $'\x1b[31m'
run env LC_ALL=C "$verify" --genuine-only -f text file
check "ASCII without UTF-8" [ -z "$(LC_ALL=C tr -d '\000-\177' <"$work/.out")" ]
run env TERM=dumb "$verify" --genuine-only -f text file
check "ASCII on a dumb terminal" [ -z "$(LC_ALL=C tr -d '\000-\177' <"$work/.out")" ]

run "$verify" --genuine-only --get /verdict file
check "--get prints one value" [ "$out" = fail -a "$status" -eq 1 ]
run "$verify" --genuine-only --get /checks/0/status file
check "--get goes into lists" [ "$out" = fail ]
run "$verify" --genuine-only --get /tcb file
check "--get prints null" [ "$out" = null ]
run "$verify" nonce --get /bytes
check "--get works with every command" [ "$out" = 32 ]
gives 2 bad-pointer-absent "$verify" nonce --get /nonsense
check "bad-pointer-absent: nothing is printed" [ -z "$out" ]
gives 1 "a verdict that is not pass stays" "$verify" --genuine-only --get /nonsense file

run "$verify" --genuine-only -q file
check "quiet: only the status" [ "$status" -eq 1 -a -z "$out" -a -z "$err" ]
run "$verify" --genuine-only -q /nonexistent
check "quiet: errors too" [ "$status" -eq 3 -a -z "$out" -a -z "$err" ]

for format in tangle tenzro; do
  run "$verify" --genuine-only -f $format file
  check "$format: valid is false" [ "$(field /valid)" = false -a "$status" -eq 1 ]
done

run "$verify" nonce
check "nonce: 32 bytes in hex" [ ${#out} -eq 64 ]
first=$out
run "$verify" nonce
check "nonce: another one each time" [ "$out" != "$first" ]
head -c 32 /dev/urandom >key
run "$verify" nonce --nonce-key key --audience gate
check "stateless nonce: 64 bytes, version 1" [ ${#out} -eq 128 -a "${out:0:2}" = 01 ]
gives 0 "raw into a file" "$verify" nonce -f raw -o raw
check "raw: 32 bytes" [ "$(wc -c <raw)" -eq 32 ]
gives 2 bad-lifetime "$verify" nonce --nonce-key key --audience gate --ttl 11m
head -c 16 /dev/urandom >short
gives 2 bad-short-key "$verify" nonce --nonce-key short --audience gate

run "$verify" explain --all -f ndjson
check "explain --all: one object per line" python3 -c 'import json; assert len([json.loads(l) for l in open(".out")]) > 50'
run "$verify" explain chain.expired batch.count
check "explain: text for people" contains "$out" "batch.count: "
