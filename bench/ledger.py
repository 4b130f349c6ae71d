"""The main job with a ledger: empty, and with millions of lines in it.

    python bench/ledger.py [--claims 5000] [--lines 5000000] [--folder DIR]

The history is of people of the same kind as those of the claims, and of those themselves. SQLite; the best of
two runs of each, in CPU and wall seconds; what counts is the ratio.
"""

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from edi_hit.claims import Claim, ClaimRecord, person_key, read_claims
from edi_hit.jobs.adjudicate import adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.ledger import claim_number, init_ledger, open_ledger
from edi_hit.ledger.claim_tables import CLAIM, CLAIM_LINE
from edi_hit.sample import write_sample_837p

RECEIVED = date(2023, 1, 15)
LINES_PER_CLAIM = 2
_AT_ONCE = 20_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=5_000)
    parser.add_argument("--lines", type=int, default=5_000_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        claims = folder / "claims.837"
        with claims.open("wb") as stream:
            write_sample_837p(stream, options.claims, 7)
        report("without a ledger", [run(claims, folder, None) for _ in range(2)])
        init_ledger(str(folder / "empty.db"))
        empty = report("an empty ledger", runs(claims, folder, folder / "empty.db"))
        full = folder / "full.db"
        init_ledger(str(full))
        fill(full, options.lines, people_of(claims))
        size = full.stat().st_size / 1e6
        loaded = report(f"{options.lines} lines, {size:.0f} MB", runs(claims, folder, full))
        print(f"full against empty: {loaded[0] / empty[0]:.2f} x CPU, {loaded[1] / empty[1]:.2f} x wall")


def runs(claims: Path, folder: Path, ledger: Path) -> list[tuple[float, float]]:
    """Two runs, each on a copy: a ledger that knows the file gives its answers again."""
    measured = []
    for number in range(2):
        copy = folder / f"copy{number}.db"
        shutil.copy(ledger, copy)
        measured.append(run(claims, folder, str(copy)))
        copy.unlink()
    return measured


def run(claims: Path, folder: Path, address: str | None) -> tuple[float, float]:
    """CPU and wall seconds of one run."""
    ledger = open_ledger(address) if address else None
    cpu, wall = time.process_time(), time.perf_counter()
    adjudicate(
        find_inputs([str(claims)]),
        folder / "out",
        as_of=date(2023, 2, 1),
        received_on=RECEIVED,
        ledger=ledger,
        force=True,
    )
    measured = time.process_time() - cpu, time.perf_counter() - wall
    if ledger is not None:
        ledger.close()
    return measured


def report(name: str, measured: list[tuple[float, float]]) -> tuple[float, float]:
    best = min(measured)
    print(f"{name:32} {best[0]:8.2f} s CPU {best[1]:8.2f} s wall", flush=True)
    return best


def people_of(claims: Path) -> list[str]:
    found = (
        person_key(event.claim)
        for event in read_claims(claims)
        if isinstance(event, ClaimRecord) and isinstance(event.claim, Claim)
    )
    return sorted({person for person in found if person})


def fill(ledger: Path, lines: int, people: list[str]) -> None:
    """Store past claims: 20 lines a person, of the claims' people and of as many others as it takes."""
    chance = random.Random(3)
    every = people + [f"9ZZ9ZZ{number:07d}" for number in range(max(lines // 20 - len(people), 0))]
    with open_ledger(str(ledger)) as opened, opened.transaction() as connection:
        heads: list[dict[str, Any]] = []
        rows: list[dict[str, Any]] = []
        for number, (head, own) in enumerate(past(lines // LINES_PER_CLAIM, every, chance), 1):
            heads.append(head)
            rows.extend(own)
            if number % _AT_ONCE == 0:
                connection.execute(insert(CLAIM), heads)
                connection.execute(insert(CLAIM_LINE), rows)
                heads, rows = [], []
        if heads:
            connection.execute(insert(CLAIM), heads)
            connection.execute(insert(CLAIM_LINE), rows)


def past(
    claims: int, people: list[str], chance: random.Random
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    for place in range(claims):
        number, person = claim_number(2**20, place), chance.choice(people)
        on = date(2018, 1, 1) + timedelta(days=chance.randrange(1_700))
        shared = {"claim": number, "claim_id": f"P{place}", "person": person, "supplier": "1999999984"}
        answered = on + timedelta(days=30)
        head = {**shared, "payer": "18003", "state": "paid", "answered_on": answered, "next_look_on": None}
        lines = [
            {
                **shared,
                "place": line,
                "service_date": on,
                "code": "J1250",
                "modifiers": "",
                "place_of_service": "12",
                "line": line + 1,
                "control": "",
                "payer": "18003",
                "outcome": "paid",
                "charge": Decimal("250.00"),
                "allowed": Decimal("200.00"),
                "paid": Decimal("156.80"),
                "deductible": Decimal(0),
                "answered_on": answered,
            }
            for line in range(LINES_PER_CLAIM)
        ]
        yield head, lines


if __name__ == "__main__":
    main()
