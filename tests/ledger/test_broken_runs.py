"""Runs that are broken off: what is stored is whole, and the same command completes them.

The long form, 50 kills of a run of 20,000 claims: make faults-ledger
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from ledger_content import content, rows
from postgresql_server import PostgresqlServer
from visit_files import run_texts, visit_file

from edi_hit.jobs.adjudicate import Progress, adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.ledger import init_ledger, lock_people, open_ledger
from edi_hit.rules import LedgerError
from edi_hit.sample import write_sample_837p

COMMAND = Path(sys.executable).with_name("edi-hit")
KILLS = int(os.environ.get("EDI_HIT_KILLS", "2"))
CLAIMS = int(os.environ.get("EDI_HIT_KILL_CLAIMS", "1100"))
DAYS = ("--as-of", "2023-02-01", "--received", "2023-01-15")


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "claims.837"
    with path.open("wb") as stream:
        write_sample_837p(stream, CLAIMS, 11)
    return path


def started(claims: Path, out: Path, ledger: str, limit: str = "") -> subprocess.Popen[str]:
    command = [str(COMMAND), "-q", "adjudicate", str(claims), "--out", str(out), "--ledger", ledger, *DAYS]
    if limit:
        command = ["bash", "-c", f'{limit}; exec "$@"', "bash", *command]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def remittances(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("*.835")}


def killed_until_done(claims: Path, folder: Path, lasted: float, chance: random.Random, most: int) -> int:
    """Runs into an empty ledger, killed at random until one is done, or `most` were; gives how many were."""
    folder.mkdir()
    out, ledger = folder / "out", str(folder / "a.db")
    init_ledger(ledger)
    for kills in range(most):
        with started(claims, out, ledger) as run:
            time.sleep(chance.uniform(0.1, 0.95) * lasted)
            if run.poll() is not None:
                return kills
            run.kill()
    with started(claims, out, ledger) as run:
        assert run.wait() in (0, 4)
    return most


def test_killed_at_any_point_a_run_is_completed_by_the_same_command(claims: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    begun = time.monotonic()
    assert killed_until_done(claims, whole, 0, random.Random(5), most=0) == 0
    lasted = time.monotonic() - begun
    chance, kills, rounds = random.Random(5), 0, 0
    while kills < KILLS:
        rounds += 1
        broken = tmp_path / f"broken{rounds}"
        kills += killed_until_done(claims, broken, lasted, chance, most=KILLS - kills)
        assert remittances(broken / "out") == remittances(whole / "out") != {}
        assert content(str(broken / "a.db")) == content(str(whole / "a.db"))
        left = {path.name for path in (broken / "out").iterdir()}
        assert left == {path.name for path in (whole / "out").iterdir()}
        print(f"{kills} kills, {rounds} ledgers: the same as unbroken", flush=True)


def test_a_full_disk_is_exit_code_4_and_loses_nothing(claims: Path, tmp_path: Path) -> None:
    address = str(tmp_path / "a.db")
    init_ledger(address)
    before = content(address)
    with started(claims, tmp_path / "out", address, "ulimit -f 250") as run:
        assert run.wait() == 4
        assert run.stderr is not None
        assert "Traceback" not in run.stderr.read()
    after = content(address)
    assert after["claim"] == before["claim"] == []
    with started(claims, tmp_path / "out", address) as run:
        assert run.wait() in (0, 4)
    assert remittances(tmp_path / "out")


def test_a_locked_ledger_is_exit_code_4(tmp_path: Path, sqlite_ledger: str) -> None:
    path = tmp_path / "a.837"
    path.write_text(visit_file("A", ("G0068", "20230105")))
    impatient = f"sqlite:///{sqlite_ledger}?timeout=0.1"
    with (
        open_ledger(sqlite_ledger) as ledger,
        ledger.transaction(),
        started(path, tmp_path / "out", impatient) as run,
    ):
        assert run.wait() == 4
        assert run.stderr is not None
        assert "locked" in run.stderr.read()
    with started(path, tmp_path / "out", sqlite_ledger) as run:
        assert run.wait() == 0


def test_postgresql_that_goes_away_rolls_back_the_batch(
    claims: Path, postgresql: PostgresqlServer, tmp_path: Path
) -> None:
    whole, broken = postgresql.database(), postgresql.database()
    for address in (whole, broken):
        init_ledger(address)
    seen = 0

    def stop_after_the_first_batch() -> None:
        nonlocal seen
        seen += 1
        if seen == 1:
            postgresql.stop()

    def run(address: str, out: Path, on_claim: Callable[[], None] = lambda: None) -> None:
        with open_ledger(address) as ledger:
            adjudicate(
                find_inputs([str(claims)]),
                out,
                as_of=date(2023, 2, 1),
                ledger=ledger,
                progress=Progress(claim_decided=on_claim),
            )

    run(whole, tmp_path / "whole")
    with pytest.raises(LedgerError):
        run(broken, tmp_path / "broken", stop_after_the_first_batch)
    postgresql.start()
    stored = len(rows(broken, "claim"))
    assert 0 < stored < len(rows(whole, "claim"))
    run(broken, tmp_path / "broken")
    assert content(broken) == content(whole)
    assert remittances(tmp_path / "broken") == remittances(tmp_path / "whole") != {}


def test_two_workers_never_both_pay_a_visit(postgresql: PostgresqlServer, tmp_path: Path) -> None:
    """What one records is seen by the other, which then answers anew."""
    address = postgresql.database()
    init_ledger(address)
    visits = [visit_file(name, ("G0088", "20250301")) for name in ("A", "B")]
    paths = [tmp_path / f"{name}.837" for name in ("A", "B")]
    for path, text in zip(paths, visits, strict=True):
        path.write_text(text)
    given = ("--as-of", "2025-08-01", "--ledger", address)
    with open_ledger(address) as ledger, ledger.transaction() as connection:
        lock_people(connection, ["1EG4TE5MK73"])
        workers = [
            subprocess.Popen([COMMAND, "-q", "adjudicate", path, "--out", path.with_suffix(""), *given])
            for path in paths
        ]
        time.sleep(2)
        assert [worker.poll() for worker in workers] == [None, None], "both wait for the person"
    assert [worker.wait() for worker in workers] == [0, 0]
    assert sorted(row["outcome"] for row in rows(address, "claim_line")) == ["denied", "paid"]


def test_a_run_without_a_ledger_is_completed_too(tmp_path: Path) -> None:
    text = visit_file("A", ("G0068", "20250301"))

    def fail() -> None:
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="disk"):
        run_texts(tmp_path, text, force=False, progress=Progress(claim_decided=fail))
    run_texts(tmp_path, text, force=False)
    assert remittances(tmp_path / "out")
    assert not list((tmp_path / "out").glob(".*"))
