"""Processes of the package that need not import it: forked from one that has, and has done nothing else."""

import atexit
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from edi_hit.cli.main import COMMANDS

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload([f"edi_hit.cli.{name}" for name in COMMANDS])


class ForkedProcess:
    """A process at work, to be handled as one of `subprocess` is.

    It runs a function, whose result is its exit code, in the folder and with the environment of this one;
    its streams, by their numbers, are files, which are written at their ends. One that a failed test left is
    killed when this process ends, which would wait for it.
    """

    def __init__(self, run: Callable[..., int], *arguments: object, streams: Mapping[int, Path]) -> None:
        given = (run, arguments, streams, Path.cwd(), dict(os.environ))
        self._process = _FORKING.Process(target=_be, args=given)
        self._process.start()
        atexit.register(self.kill)

    def poll(self) -> int | None:
        """Give its exit code; None while it runs."""
        return self._process.exitcode

    def wait(self, seconds: float | None = None) -> int:
        """Wait for its end; give its exit code."""
        self._process.join(seconds)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("a forked process", seconds or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it runs."""
        if self.poll() is None and self._process.pid is not None:
            os.kill(self._process.pid, number)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to stop."""
        self.send_signal(signal.SIGTERM)


def _be(
    run: Callable[..., int],
    arguments: tuple[object, ...],
    streams: Mapping[int, Path],
    folder: Path,
    environment: Mapping[str, str],
) -> None:
    for number, path in streams.items():
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.exit(run(*arguments))
