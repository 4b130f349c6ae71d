"""Times jobs that take turns on the same file, and prints them beside each other."""

import resource
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

Job = Callable[[Path], int]
"""Does its work on one file and gives how much of it it saw."""


class Task(NamedTuple):
    """A job, the file it is done on, and how many segments that has."""

    name: str
    work: Job
    path: Path
    segments: int


class Timed(NamedTuple):
    """CPU and wall seconds of one task, the best of its runs each, and the segments done in them."""

    cpu: float
    wall: float
    segments: int

    @property
    def rate(self) -> float:
        """Segments a CPU second."""
        return self.segments / self.cpu

    def ratios(self, other: "Timed") -> tuple[float, float]:
        """How many times as fast as the other: by CPU time, by wall time."""
        return self.rate / other.rate, self.segments / self.wall / (other.segments / other.wall)


def take_turns(tasks: Sequence[Task], rounds: int) -> dict[str, Timed]:
    """Run each task once a round, so that what else the machine does falls on all; by name of the task."""
    best: dict[str, Timed] = {}
    for _ in range(rounds):
        for task in tasks:
            cpu, wall = _cpu(), time.perf_counter()
            task.work(task.path)
            cpu, wall = _cpu() - cpu, time.perf_counter() - wall
            known = best.get(task.name, Timed(cpu, wall, task.segments))
            best[task.name] = Timed(min(known.cpu, cpu), min(known.wall, wall), task.segments)
    return best


def _cpu() -> float:
    """CPU seconds of this process, and of those it started that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def heading(text: str) -> None:
    print(f"\n{text}", flush=True)


def row(name: str, measured: Timed, against: Iterable[tuple[str, Timed]] = ()) -> None:
    """Print a task and how many times as fast it is as others: by CPU time, and by wall time in brackets."""
    ratios = "".join(f"  {_compared(measured, other)} {peer.split()[0]}" for peer, other in against)
    print(f"  {name:36} {measured.cpu:7.2f} s {measured.rate / 1000:8.1f} k/s{ratios}", flush=True)


def _compared(measured: Timed, other: Timed) -> str:
    by_cpu, by_wall = measured.ratios(other)
    return f"{_ratio(by_cpu):>6} ({_ratio(by_wall)})"


def _ratio(ratio: float) -> str:
    return f"{ratio:.1f} x" if ratio >= 1 else f"1/{1 / ratio:.1f}"
