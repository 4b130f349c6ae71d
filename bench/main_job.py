"""The main job with a ledger (SQLite, empty) against pyx12's validation alone.

    python bench/main_job.py [--claims 50000] [--peer-claims 2000] [--rounds 1]

The main job reads, validates all types, decides, prices, reads and writes the ledger, and writes 835, 999,
277CA, decisions and report. What counts is the ratio of the times for one claim, in one run: by CPU time,
that of worker processes included, and (in brackets, and below) by the clock.
"""

import argparse
import tempfile
from datetime import date
from functools import partial
from pathlib import Path

import files
import peers
from timing import Task, heading, row, take_turns

from edi_hit.jobs.adjudicate import adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.worker_processes import usable_processors
from edi_hit.ledger import init_ledger, open_ledger

MAIN_JOB = "edi-hit adjudicate --ledger"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=50_000)
    parser.add_argument("--peer-claims", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measure_main_job(folder, options.claims, options.peer_claims, options.rounds)


def measure_main_job(folder: Path, claims: int, peer_claims: int, rounds: int) -> None:
    large, small = (files.sample(folder, "837P", n) for n in (claims, peer_claims))
    heading(
        f"The main job with a ledger: {claims} claims against {peer_claims}; thousands of claims a second"
    )
    pyx12 = Task(peers.PYX12, peers.pyx12_validate, small, peer_claims)
    own = [
        Task(f"{MAIN_JOB} --workers {n}", partial(with_ledger, workers=n), large, claims)
        for n in sorted({1, usable_processors()})
    ]
    timed = take_turns([pyx12, *own], rounds)
    against = timed[pyx12.name]
    row(pyx12.name, against)
    for task in own:
        row(task.name, timed[task.name], [(pyx12.name, against)])
    clock = against.wall / peer_claims * claims
    print(
        f"  By the clock, {claims} claims: pyx12 {clock:.1f} s to validate alone (from {peer_claims} claims);"
    )
    for task in own:
        wall = timed[task.name].wall
        print(f"    {task.name} {wall:.1f} s, {wall / clock:.3f} of it")


def with_ledger(path: Path, workers: int = 1) -> int:
    """The whole main job with a new ledger; gives the claims."""
    with tempfile.TemporaryDirectory() as name:
        address = str(Path(name) / "ledger.db")
        init_ledger(address)
        with open_ledger(address) as ledger:
            result = adjudicate(
                find_inputs([str(path)]),
                Path(name) / "out",
                as_of=date(2023, 2, 1),
                received_on=date(2023, 1, 15),
                ledger=ledger,
                workers=workers,
            )
    return result.totals.claims


if __name__ == "__main__":
    main()
