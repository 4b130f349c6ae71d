"""Times a job and prints it beside others on the same file."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

Job = Callable[[Path], int]
"""Does its work on one file and gives how many segments or claims it saw."""


class Timed(NamedTuple):
    """CPU seconds of one job, and the units of work done in them."""

    seconds: float
    units: int

    @property
    def rate(self) -> float:
        """Units a second."""
        return self.units / self.seconds


def timed(work: Job, path: Path, runs: int = 1, units: int | None = None) -> Timed:
    """The best of `runs` runs, in CPU seconds of this process; `units` replaces what the job counts."""
    best, count = float("inf"), 0
    for _ in range(runs):
        start = time.process_time()
        count = work(path)
        best = min(best, time.process_time() - start)
    return Timed(best, count if units is None else units)


def heading(text: str) -> None:
    print(f"\n{text}")


def row(name: str, measured: Timed, *against: tuple[str, float]) -> None:
    """Print a rate and how many times faster it is than the rates in `against`."""
    ratios = "".join(f"  {_ratio(measured.rate / rate):>6} {peer}" for peer, rate in against)
    print(f"  {name:34} {measured.seconds:8.3f} s {measured.rate / 1000:9.1f} k/s{ratios}")


def _ratio(ratio: float) -> str:
    return f"{ratio:.1f} x" if ratio >= 1 else f"1/{1 / ratio:.1f}"
