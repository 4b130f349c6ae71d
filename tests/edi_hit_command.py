"""Runs the installed `edi-hit` command as a user does."""

import subprocess
import sys
from pathlib import Path

from canary_watch import WATCH

COMMAND = Path(sys.executable).with_name("edi-hit")


def edi_hit(*arguments: object, stdin: bytes | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([COMMAND, *map(str, arguments)], input=stdin, capture_output=True)
    errors = done.stderr.decode("utf-8")
    WATCH.look(errors)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode("utf-8"), errors)
