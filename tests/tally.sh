#!/usr/bin/env bash
# Counts results of tests of all kinds. Sourced by scripts/test and .ci/run.
#
# A script prints one line for each thing it tests:
#   ok NAME | not ok NAME: what is wrong | skip NAME: why
# doctest executables print their own summary; a case that cannot run says "skipped: NAME: why".

passed=0 failed=0 skipped=0
skips=() failures=()

# Runs "$@" with its output in $logs/NAME.log.
logged() {
  local name=$1
  shift
  "$@" >"$logs/$name.log" 2>&1 </dev/null
  echo $? >"$logs/$name.status"
}

# Adds the result of a doctest executable.
tally_unit() {
  local name=$1 log="$logs/$1.log" status summary good bad skip
  status=$(cat "$logs/$name.status")
  summary=$(grep -a '^\[doctest\] test cases:' "$log" | tail -1)
  good=$(sed -n 's/.*| *\([0-9]*\) passed.*/\1/p' <<<"$summary")
  bad=$(sed -n 's/.*| *\([0-9]*\) failed.*/\1/p' <<<"$summary")
  skip=$(grep -ac 'skipped: ' "$log")
  if [ -z "$summary" ] || { [ "$status" -ne 0 ] && [ "${bad:-0}" -eq 0 ]; }; then
    failed=$((failed + 1))
    failures+=("$name: ended with status $status")
    tail -40 "$log"
    return
  fi
  passed=$((passed + good - skip)) failed=$((failed + bad)) skipped=$((skipped + skip))
  while IFS= read -r line; do skips+=("$name: $line"); done < <(sed -n 's/.*skipped: //p' "$log")
  if [ "$bad" -gt 0 ]; then
    failures+=("$name: $bad test cases")
    cat "$log"
  fi
}

# Adds the result of a script.
tally_script() {
  local name=$1 log="$logs/$1.log" status bad
  status=$(cat "$logs/$name.status")
  bad=$(grep -ac '^not ok ' "$log")
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
    bad=1
    failures+=("$name: ended with status $status")
    tail -20 "$log"
  fi
  passed=$((passed + $(grep -ac '^ok ' "$log"))) failed=$((failed + bad)) skipped=$((skipped + $(grep -ac '^skip ' "$log")))
  while IFS= read -r line; do skips+=("$name: $line"); done < <(sed -n 's/^skip //p' "$log")
  while IFS= read -r line; do failures+=("$name: $line"); done < <(sed -n 's/^not ok //p' "$log")
}

# One result that is decided here.
tally_one() {
  if [ "$2" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)) failures+=("$1"); fi
}

tally_skip() { skipped=$((skipped + 1)) skips+=("$1: $2"); }

# Names what was skipped and what failed, then the line that counts.
finish() {
  local line
  for line in ${skips[@]+"${skips[@]}"}; do echo "skipped: $line"; done
  for line in ${failures[@]+"${failures[@]}"}; do echo "FAILED: $line"; done
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
