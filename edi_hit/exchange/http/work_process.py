"""The process one piece of work runs in: bounded in memory, time and disk, and gone when it is done.

A process of its own keeps the server answering while a body is parsed, can be ended, and gives back its
memory.
"""

import os
import resource
import signal
import sys
import tempfile
from pathlib import Path

import msgspec

from edi_hit.exchange.http.job_record import ANSWER, Answer
from edi_hit.exchange.http.operations import WORK
from edi_hit.exchange.http.operations.work import Work
from edi_hit.exchange.http.problems import Problem, problem_of
from edi_hit.exchange.http.service_log import where_raised
from edi_hit.jobs.worker_processes import end_with_parent

_MEGABYTE = 1024 * 1024


class Bounds(msgspec.Struct, frozen=True):
    """What a piece of work may use: megabytes of memory and of one output file, seconds of processor time."""

    memory_mb: int
    output_mb: int
    seconds: int


class Outcome(msgspec.Struct, frozen=True):
    """What a piece of work came to; `where` says where an error nobody foresaw was raised, not its text."""

    answer: Answer | None = None
    problem: Problem | None = None
    where: str = ""


def run_work(operation: str, work: Work, bounds: Bounds) -> None:
    """Do the work and leave its outcome in the job's folder; the entry of the process."""
    _settle(work.folder, bounds)
    try:
        outcome = Outcome(answer=WORK[operation].work(work))
    except Exception as error:
        problem = problem_of(error)
        outcome = Outcome(problem=problem, where=where_raised(error) if problem.status == 500 else "")
    temporary = work.folder / f"{ANSWER}.tmp"
    temporary.write_bytes(msgspec.json.encode(outcome))
    temporary.replace(work.folder / ANSWER)
    os._exit(0)


def _settle(folder: Path, bounds: Bounds) -> None:
    """Bound this process, and let nothing it prints reach the logs: a library's words may hold data."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for printed in (sys.stdout.fileno(), sys.stderr.fileno()):
        os.dup2(nowhere, printed)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    os.umask(0o077)
    tempfile.tempdir = str(folder)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (bounds.output_mb * _MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory_mb * _MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds))
    end_with_parent()  # the work is begun anew when the server comes back
