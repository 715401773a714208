#!/usr/bin/env bash
# The tour in the README: its commands run, and print what stands there. "..." stands for any further lines.
. "$(dirname "$0")/common.sh"
need readme python3
if ! "$mint" list | grep -q '"vendor":"snp"'; then skip readme "this build has no snp"; exit 0; fi

# The tour finds the tools in build/; here they may be elsewhere.
mkdir tour
ln -s "$(dirname "$verify")" tour/build
python3 - "$TEE_SOURCE/README.md" <<'P'
import os, re, subprocess, sys
readme = open(sys.argv[1], encoding="utf-8").read()
steps = []
for block in re.findall(r"```console\n(.*?)```", readme, re.S):
    for line in block.splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], []))
        else:
            steps[-1][1].append(line)
mark = "-- end of step --"
script = "".join("%s\nstatus=$?\necho '%s'\n(exit $status)\n" % (command, mark) for command, _ in steps)
env = dict(os.environ, TMPDIR=os.getcwd(), LC_ALL="C.UTF-8")
p = subprocess.run(["bash", "-c", script], cwd="tour", stdin=subprocess.DEVNULL, capture_output=True, env=env)
pieces = p.stdout.decode("utf-8").split(mark + "\n")
for i, (command, want) in enumerate(steps):
    got = pieces[i].splitlines() if i < len(pieces) else ["(not reached)"]
    if want and want[-1] == "...":
        same = got[:len(want) - 1] == want[:-1] and len(got) >= len(want)
    else:
        same = got == want
    if same:
        print("ok " + command)
    else:
        wrong = next((n for n in range(max(len(want), len(got))) if n >= len(want) or n >= len(got) or want[n] != got[n]), 0)
        line = lambda text: text[wrong] if wrong < len(text) else "(nothing)"
        print("not ok %s: line %d is %r, not %r" % (command, wrong + 1, line(got), line(want)))
print("not ok the tour is quiet on standard error: %r" % p.stderr[:300] if p.stderr else "ok the tour is quiet on standard error")
P
