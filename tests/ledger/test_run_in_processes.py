"""A run in several processes: the same bytes and the same ledger as in one, whatever happens to them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ledger_content import content
from postgresql_server import PostgresqlServer
from visit_files import MEMBER, drug_file, run_texts

from edi_hit.jobs.adjudicate import Progress, adjudicate
from edi_hit.jobs.asked_batch import Asked
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.ledger import init_ledger, open_ledger
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.sample import write_sample_837p

COMMAND = Path(sys.executable).with_name("edi-hit")
CLAIMS = 3_000
"""So many that three processes are worth it to decide them, and two to read them."""
READING, DECIDING = 0, 1
"""Which two processes of those a run with two workers forks: the first two read, the next two decide."""

INTERRUPTED = 130


class Whole(NamedTuple):
    """An unbroken run in one process: its input, its outputs by name, and what its ledger holds."""

    claims: Path
    outputs: dict[str, bytes]
    ledger: dict[str, list[tuple[Any, ...]]]


def outputs(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def run(claims: Path, out: Path, address: str, workers: int, progress: Progress | None = None) -> None:
    with open_ledger(address) as ledger:
        adjudicate(
            find_inputs([str(claims)]),
            out,
            as_of=date(2023, 2, 1),
            received_on=date(2023, 1, 15),
            ledger=ledger,
            workers=workers,
            progress=progress,
        )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("whole")
    claims, address = folder / "claims.837", str(folder / "ledger.db")
    with claims.open("wb") as stream:
        for seed in (11, 12, 13):
            write_sample_837p(stream, CLAIMS // 3, seed)
    assert claims.stat().st_size > 2 << 20, "worth two processes"
    init_ledger(address)
    run(claims, folder / "out", address, workers=1)
    return Whole(claims, outputs(folder / "out"), content(address))


def require_as_whole(whole: Whole, out: Path, address: str) -> None:
    assert outputs(out) == whole.outputs
    assert content(address) == whole.ledger


def started(whole: Whole, out: Path, address: str) -> subprocess.Popen[str]:
    command = [COMMAND, "adjudicate", whole.claims, "--out", out, "--ledger", address, "--workers", "2"]
    days = ["--as-of", "2023-02-01", "--received", "2023-01-15"]
    # What a shell runs in the background ignores interrupts, and so would what it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        [*command, *days],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def children(process: subprocess.Popen[str], which: int = DECIDING) -> list[int]:
    """The processes it has forked to read or to decide, once both are there."""
    path, seen = Path(f"/proc/{process.pid}/task/{process.pid}/children"), dict[int, None]()
    while process.poll() is None:
        seen |= dict.fromkeys(map(int, path.read_text().split()))
        found = list(seen)[2 * which :][:2]
        if len(found) == 2:
            return found
        time.sleep(0.01)
    raise AssertionError("it ended before it forked")


def running(processes: list[int]) -> Iterator[int]:
    """Those that have not ended, whether or not somebody has noted it."""
    for process in processes:
        with suppress(FileNotFoundError, ProcessLookupError):
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                yield process


def test_several_processes_give_the_same(whole: Whole, tmp_path: Path) -> None:
    address, seen = str(tmp_path / "ledger.db"), []
    init_ledger(address)
    run(whole.claims, tmp_path / "out", address, 3, Progress(claim_decided=lambda: seen.append(1)))
    require_as_whole(whole, tmp_path / "out", address)
    assert len(seen) == CLAIMS, "each claim is told of once"


def test_so_it_does_on_postgresql(whole: Whole, postgresql: PostgresqlServer, tmp_path: Path) -> None:
    address = postgresql.database()
    init_ledger(address)
    run(whole.claims, tmp_path / "out", address, 2)
    require_as_whole(whole, tmp_path / "out", address)


def test_a_killed_worker_is_exit_code_4_and_a_rerun_completes_the_run(whole: Whole, tmp_path: Path) -> None:
    address = str(tmp_path / "ledger.db")
    init_ledger(address)
    with started(whole, tmp_path / "out", address) as broken:
        workers = children(broken)
        os.kill(workers[0], signal.SIGKILL)
        assert broken.wait() == 4
        assert broken.stderr is not None
        told = broken.stderr.read()
    assert "a worker process was killed" in told
    assert "Traceback" not in told
    assert list(running(workers)) == []
    assert len(content(address)["claim"]) < CLAIMS
    run(whole.claims, tmp_path / "out", address, 2)
    require_as_whole(whole, tmp_path / "out", address)


def test_where_a_worker_is_killed_that_reads_nothing_is_written(whole: Whole, tmp_path: Path) -> None:
    address = str(tmp_path / "ledger.db")
    init_ledger(address)
    with started(whole, tmp_path / "out", address) as broken:
        worker, _ = children(broken, READING)
        os.kill(worker, signal.SIGKILL)
        assert broken.wait() == 4
        assert broken.stderr is not None
        told = broken.stderr.read()
    assert "a worker process was killed" in told
    assert list((tmp_path / "out").glob("[!.]*")) == []
    assert content(address)["claim"] == []


def test_processes_end_with_their_parent(whole: Whole, tmp_path: Path) -> None:
    address = str(tmp_path / "ledger.db")
    init_ledger(address)
    with started(whole, tmp_path / "out", address) as broken:
        workers = children(broken)
        broken.kill()
    for _ in range(1_000):
        if not list(running(workers)):
            return
        time.sleep(0.01)
    raise AssertionError("a worker outlived its parent")


@pytest.mark.parametrize("which", [READING, DECIDING])
def test_an_interrupt_ends_all_processes(whole: Whole, tmp_path: Path, which: int) -> None:
    address = str(tmp_path / "ledger.db")
    init_ledger(address)
    with started(whole, tmp_path / "out", address) as broken:
        workers = children(broken, which)
        os.killpg(broken.pid, signal.SIGINT)
        assert broken.wait() == INTERRUPTED
    assert list(running(workers)) == []
    assert not list((tmp_path / "out").glob("*.835"))


def test_what_changed_since_it_was_looked_at_is_not_decided_on(tmp_path: Path, sqlite_ledger: str) -> None:
    with open_ledger(sqlite_ledger) as ledger:
        run = RunLedger(ledger, Tables.packaged(), RunSettings(), date(2025, 8, 1))
        asked = Asked(frozenset([MEMBER]), frozenset(), (7,))
        before = run.look(asked)
        assert run.record(asked, before)
        run_texts(tmp_path, drug_file("D"), ledger=ledger)
        assert not run.record(asked, before)
        assert run.record(asked, run.look(asked))
