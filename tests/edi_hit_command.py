"""Runs the `edi-hit` command as a user does, in a process of its own.

The process is forked from one that has imported the commands and done nothing else: Python need not start
anew each time. What is about the start itself runs `COMMAND`, the installed program.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from canary_watch import WATCH

from edi_hit.cli.main import COMMANDS, main

COMMAND = Path(sys.executable).with_name("edi-hit")
_STREAMS = ("stdin", "stdout", "stderr")

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload([f"edi_hit.cli.{name}" for name in COMMANDS])


def edi_hit(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    command = ["edi-hit", *map(str, arguments)]
    with tempfile.TemporaryDirectory() as name:
        streams = Path(name)
        (streams / "stdin").write_bytes(stdin)
        process = _FORKING.Process(target=_run, args=(command, streams, Path.cwd(), dict(os.environ)))
        process.start()
        process.join()
        out, errors = ((streams / name).read_bytes().decode("utf-8") for name in _STREAMS[1:])
    WATCH.look(errors)
    assert process.exitcode is not None
    return subprocess.CompletedProcess(command, process.exitcode, out, errors)


def _run(command: list[str], streams: Path, folder: Path, environment: dict[str, str]) -> None:
    """Be the command: its arguments, streams, folder and environment."""
    for number, name in enumerate(_STREAMS):
        opened = os.open(streams / name, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # as the interpreter opens it
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = command
    main()
