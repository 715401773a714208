#!/usr/bin/env bash
# On a terminal: the summary on standard error, help instead of waiting for input, errors once.
. "$(dirname "$0")/common.sh"
need terminal python3

python3 - "$verify" <<'P'
import os, pty, select, subprocess, sys, time
verify = sys.argv[1]
open("file", "w").write("abc\n")

def on_terminal(args, stdin=False, stdout=True, env=None):
    master, slave = pty.openpty()
    p = subprocess.Popen([verify] + args, stdin=slave if stdin else subprocess.DEVNULL, stdout=slave if stdout else subprocess.PIPE,
                         stderr=slave, env=dict(os.environ, TERM="xterm", LC_ALL="C.UTF-8", **(env or {})), close_fds=True)
    os.close(slave)
    text, end = b"", time.time() + 20
    while time.time() < end:
        ready, _, _ = select.select([master], [], [], 0.1)
        if ready:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            text += piece
        elif p.poll() is not None:
            break
    out = p.stdout.read() if p.stdout else b""
    return p.wait(), text.decode(), out.decode()

def check(name, condition, detail=""):
    print(("ok " if condition else "not ok ") + name + ("" if condition else ": " + repr(detail)[:300]))

status, screen, _ = on_terminal(["--genuine-only"], stdin=True)
check("nothing to read: short help and status 2", status == 2 and "Usage:" in screen and "--help" in screen, screen)
status, screen, out = on_terminal(["--genuine-only", "file"], stdout=False)
check("the summary is on standard error, JSON in the pipe", status == 1 and "FAIL" in screen and out.startswith("{"), screen + out)
check("with colour", "\x1b[31m" in screen, screen)
check("with characters of the locale", "\u2717" in screen, screen)
status, screen, out = on_terminal(["--genuine-only", "file"], stdout=False, env={"NO_COLOR": "1"})
check("NO_COLOR", "\x1b" not in screen, screen)
status, screen, out = on_terminal(["--genuine-only", "file"])
check("JSON is indented for a person", '\n  "verdict": "fail"' in screen.replace("\r", ""), screen)
status, screen, out = on_terminal(["--nonc", "00"])
check("an error appears once", status == 2 and screen.count("there is no option") == 1 and "{" not in screen, screen)
status, screen, out = on_terminal(["--genuine-only", "-q", "file"])
check("quiet is quiet", status == 1 and screen == "", screen)
status, screen, out = on_terminal(["nonce", "-f", "raw"])
check("raw bytes are kept off the terminal", status == 2 and "do not belong" in screen, screen)
status, screen, out = on_terminal(["--genuine-only", "file", "file"], stdout=False)
check("many subjects: a line each and the totals", screen.count("FAIL") == 2 and "2 subjects: 0 pass, 2 fail" in screen, screen)
P
