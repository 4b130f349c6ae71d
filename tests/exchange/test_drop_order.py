"""Files about the same people, adjudicated by several workers: answered as by one, in the order they came."""

import json
import os
from collections import Counter
from pathlib import Path

from drop_folders import Drop
from drop_processes import (
    PATIENCE,
    Worker,
    check_whole,
    closed,
    figure,
    killed_at_random,
    quick_folder,
    wait_until,
    workers,
)
from postgresql_server import PostgresqlServer
from visit_files import drug_file, one_file, visit_file

from edi_hit.sample.draw import Draw

__all__ = ["quick_folder"]

FILES = max(20, int(os.environ.get("EDI_HIT_FAULT_FILES", "30")) // 10)
PEOPLE = FILES // 5
KILLS = max(3, int(os.environ.get("EDI_HIT_FAULT_KILLS", "3")) // 4)
ADJUDICATE = 'do = "adjudicate"'
LEASE = "lease_seconds = 2\nmost_failures = 1000"


def visits_of(count: int) -> list[tuple[str, bytes]]:
    """Files of three visits each, to be paid as a first one once a person; every person is in several files.

    The earlier a file comes, the later its days of service: what is paid depends on the order of receipt.
    """
    draw = Draw(1)
    people = [draw.mbi() for _ in range(PEOPLE)]
    return [(f"visits-{number:05d}.837", _visits(number, count, people)) for number in range(count)]


def _visits(number: int, count: int, people: list[str]) -> bytes:
    day = f"202503{28 - 20 * number // count:02d}"
    whom = (people[(number * step + step) % len(people)] for step in (1, 3, 7))
    claims = [visit_file(f"V{number}-{at}", ("G0088", day), member=one) for at, one in enumerate(whom)]
    if number < len(people):
        claims.insert(0, drug_file(f"D{number}", "20250301", member=people[number]))
    return one_file(*claims).replace("*000000101", f"*{number + 1:09d}").encode()


def outcomes(drop: Drop) -> Counter[str]:
    """How many claims came to which state."""
    lines = [
        line
        for path, data in drop.files("archive").items()
        if path.endswith("decisions.ndjson")
        for line in data.splitlines()
    ]
    return Counter(json.loads(line)["state"] for line in lines)


def test_killed_workers_adjudicate_as_one_left_alone(quick_folder: Path) -> None:
    files = visits_of(FILES)
    alone, killed = (Drop(quick_folder / name, ADJUDICATE, more=LEASE) for name in ("alone", "killed"))
    for drop in (alone, killed):
        drop.deliver(files)
    undisturbed = Worker(alone, quick_folder / "log", "--once", "--ledger-numbers")
    running = killed_at_random(killed, quick_folder / "logs", len(files), KILLS, "--ledger-numbers")
    assert {worker.stop() for worker in running} <= {0, 1}
    assert undisturbed.process.wait(PATIENCE) == 0
    check_whole(killed, files)
    assert killed.digests() == alone.digests()
    assert outcomes(killed)["paid"] == PEOPLE, "the first visit of each"
    figure("random kill -9, two workers adjudicate", files=len(files), kills=KILLS, same=True)


def test_four_workers_on_postgresql_adjudicate_as_one(
    quick_folder: Path, postgresql: PostgresqlServer
) -> None:
    files = visits_of(FILES)
    alone = Drop(quick_folder / "alone", ADJUDICATE, more=LEASE)
    drop = Drop(quick_folder / "drop", ADJUDICATE, more=LEASE, ledger=postgresql.database())
    for one in (alone, drop):
        one.deliver(files)
    undisturbed = Worker(alone, quick_folder / "log", "--once", "--ledger-numbers")
    with workers(drop, quick_folder, {}, {}, {}, {}, options=("--ledger-numbers",)) as four:
        wait_until(lambda: closed(drop) == len(files) and all(worker.told("started") for worker in four))
    assert len([worker for worker in four if worker.told("closed")]) > 1
    assert undisturbed.process.wait(PATIENCE) == 0
    check_whole(drop, files)
    assert drop.digests() == alone.digests()
    figure("four workers adjudicate, PostgreSQL", files=len(files))
