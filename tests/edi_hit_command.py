"""Runs the `edi-hit` command as a user does, in a process of its own.

What is about how a process starts, or is a terminal's, runs `COMMAND`, the installed program.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from canary_watch import WATCH
from forked_process import ForkedProcess

from edi_hit.cli.main import main

COMMAND = Path(sys.executable).with_name("edi-hit")


def edi_hit(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    command = ["edi-hit", *map(str, arguments)]
    with tempfile.TemporaryDirectory() as name:
        given, out, errors = (Path(name) / stream for stream in ("stdin", "stdout", "stderr"))
        given.write_bytes(stdin)
        code = ForkedProcess(_run, command, streams={0: given, 1: out, 2: errors}).wait()
        printed, told = (path.read_bytes().decode("utf-8") for path in (out, errors))
    WATCH.look(told)
    return subprocess.CompletedProcess(command, code, printed, told)


def _run(command: list[str]) -> int:
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # as the interpreter opens it
    sys.argv = command
    main()
    return 0
