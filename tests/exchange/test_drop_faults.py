"""What goes wrong around a drop: everything delivered is answered once, nothing is lost.

`make faults` runs the long form: EDI_HIT_FAULT_FILES, _CLAIMS and _KILLS say how many files, claims in one
file and kills; with EDI_HIT_FAULT_FIGURES what was run is written to that file.
"""

import os
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from claim_text import GOOD, file_of
from drop_folders import Drop
from drop_processes import (
    PATIENCE,
    Worker,
    check_whole,
    clock_skewer,
    closed,
    figure,
    files_of,
    killed_at_random,
    quick_folder,
    sample,
    small_disk,
    wait_until,
    workers,
)
from postgresql_server import PostgresqlServer

from edi_hit.exchange.drop.arrivals import Arrivals
from edi_hit.ledger import open_ledger
from edi_hit.profiles import DropFolder, Ready
from edi_hit.rules import LedgerError

__all__ = ["clock_skewer", "quick_folder"]

FILES = int(os.environ.get("EDI_HIT_FAULT_FILES", "30"))
CLAIMS = int(os.environ.get("EDI_HIT_FAULT_CLAIMS", "4"))
KILLS = int(os.environ.get("EDI_HIT_FAULT_KILLS", "3"))
FILE = file_of(*GOOD)
TRANSLATE = 'do = "translate"\nto = "json"\nview = "claims"'
LEASE = "lease_seconds = 2\nmost_failures = 1000"


def test_two_workers_killed_at_random_end_as_one_left_alone(quick_folder: Path) -> None:
    files = files_of(FILES, CLAIMS)
    alone, killed = (Drop(quick_folder / name, TRANSLATE, more=LEASE) for name in ("alone", "killed"))
    for drop in (alone, killed):
        drop.deliver(files)
    undisturbed = Worker(alone, quick_folder / "log", "--once")
    running = killed_at_random(killed, quick_folder / "logs", len(files), KILLS)
    assert {worker.stop() for worker in running} <= {0, 1}
    assert undisturbed.process.wait(PATIENCE) == 1, "files ended in error"
    check_whole(killed, files)
    assert killed.digests() == alone.digests()
    claims = sum(data.count(b"CLM*") for _, data in files)
    figure("random kill -9, two workers", files=len(files), claims=claims, kills=KILLS, same=True)


def test_two_daemons_by_mistake_answer_each_file_once(quick_folder: Path) -> None:
    files = files_of(max(20, FILES // 10), 3)
    drop = Drop(quick_folder / "drop", more=LEASE)
    with workers(drop, quick_folder, {}, {}) as both:
        drop.deliver(files)
        wait_until(lambda: closed(drop) == len(files))
        time.sleep(0.2)
    ends = Counter(line["file"] for worker in both for line in worker.lines() if line["event"] == "closed")
    assert set(ends.values()) == {1}
    assert len(ends) == len(files)
    check_whole(drop, files)
    figure("two daemons by mistake", files=len(files))


def test_four_workers_with_wrong_clocks_on_postgresql(
    quick_folder: Path, postgresql: PostgresqlServer, clock_skewer: str
) -> None:
    files = files_of(max(400, FILES // 5), 3)
    drop = Drop(quick_folder / "drop", more=LEASE, ledger=postgresql.database())
    skews = ("-86400", "-100", "100", "86400")
    environments = [{"LD_PRELOAD": clock_skewer, "CLOCK_SKEW": skew} for skew in skews]
    with workers(drop, quick_folder, *environments) as four:
        wait_until(lambda: all(worker.told("started") for worker in four))
        delivered = 0
        while not all(worker.told("closed") for worker in four) or delivered < FILES:
            drop.deliver(files[delivered : delivered + 4])
            delivered = min(delivered + 4, len(files))
            time.sleep(0.1)
        files = files[:delivered]
        four[0].kill()
        wait_until(lambda: closed(drop) == len(files))
    ends = [
        (line["file"], line["worker"], line["at"][:10])
        for worker in four
        for line in worker.lines()
        if line["event"] == "closed"
    ]
    assert len({file for file, _, _ in ends}) == len(ends)
    assert len({worker for _, worker, _ in ends}) == 4
    assert len({day for _, _, day in ends}) >= 3, "the clocks were wrong"
    check_whole(drop, files)
    figure("four workers, clocks wrong by a day, 100 s; one killed; PostgreSQL", files=len(files))


def test_a_database_that_goes_away_and_comes_back(quick_folder: Path, postgresql: PostgresqlServer) -> None:
    files = files_of(20, 3)
    drop = Drop(quick_folder / "drop", more=LEASE, ledger=postgresql.database())
    with workers(drop, quick_folder, {}) as (worker,):
        drop.deliver(files[:10])
        wait_until(lambda: closed(drop) > 2)
        postgresql.stop()
        drop.deliver(files[10:])
        wait_until(lambda: worker.told("ledger failed"))
        postgresql.start()
        wait_until(lambda: closed(drop) == len(files))
    check_whole(drop, files)
    figure("PostgreSQL stopped at once and started again", files=len(files))


def fill(disk: Path, room: int) -> Path:
    """Fill a file system but for so many bytes; give the file that does."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as stream:
        try:
            while stream.write(b"\0" * 4096):
                pass
        except OSError:
            os.ftruncate(stream.fileno(), max(0, stream.tell() - room))
    return ballast


@pytest.mark.parametrize("ledger_too", [False, True])
def test_a_full_disk_is_waited_out(tmp_path: Path, ledger_too: bool) -> None:
    files = files_of(12, 3)
    with small_disk(tmp_path / "disk", "4m") as disk:
        drop = Drop(disk / "drop", more=LEASE, ledger="" if ledger_too else str(tmp_path / "drop.db"))
        inbound = drop.root / "inbound"
        for name, data in files:
            (inbound / f"{name}.tmp").write_bytes(data)
        with workers(drop, tmp_path, {}) as (worker,):
            wait_until(lambda: worker.told("started"))
            ballast = fill(disk, 24_576)
            for name, _ in files:
                (inbound / f"{name}.tmp").rename(inbound / name)
            wait_until(lambda: worker.told("folder failed") or worker.told("ledger failed"))
            assert worker.process.poll() is None
            ballast.unlink()
            wait_until(lambda: closed(drop) == len(files))
        check_whole(drop, files)
        figure("full disk" + (" with the ledger on it" if ledger_too else ""), files=len(files))


@pytest.mark.parametrize("do", ["validate", "adjudicate"])
def test_a_folder_that_cannot_be_written_does_not_stop_the_others(tmp_path: Path, do: str) -> None:
    files = files_of(6, 3)
    with small_disk(tmp_path / "disk", "8m") as disk:
        second = f'do = "{do}"\n[[folders]]\nname = "second"\npath = "{disk}/second"\ndo = "{do}"\n'
        drop = Drop(tmp_path / "drop", second, more=LEASE)
        other = Drop.at(tmp_path / "drop")
        other.root = disk / "second"
        other.deliver(files[:3])
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with workers(drop, tmp_path, {}) as (worker,):
            drop.deliver(files[3:])
            wait_until(lambda: closed(drop) == 3 and worker.told("folder failed"))
            subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
            wait_until(lambda: closed(drop) == len(files))
        originals = {**drop.files(), **{f"second/{path}": data for path, data in other.files().items()}}
        kept = Counter(data for path, data in originals.items() if path.endswith(".original"))
        assert kept == Counter(data for _, data in files)
    figure("a folder made read-only, beside one that is not", files=len(files))


def test_a_clock_set_back_frees_the_files_of_a_killed_worker(quick_folder: Path, clock_skewer: str) -> None:
    drop = Drop(quick_folder / "drop", more="lease_seconds = 60")
    files = files_of(20, 3)
    drop.deliver(files)
    with workers(drop, quick_folder, {}) as (worker,):
        wait_until(lambda: worker.told("taken"))
        worker.kill()
    back = {"LD_PRELOAD": clock_skewer, "CLOCK_SKEW": "-1000"}
    with workers(drop, quick_folder, back) as (_,):
        wait_until(lambda: closed(drop) == len(files))
    check_whole(drop, files)
    figure("clock set back by 1,000 s", files=len(files))


def test_a_worker_stops_when_asked_and_gives_its_file_back(quick_folder: Path) -> None:
    drop = Drop(quick_folder / "drop", more="lease_seconds = 3600")
    files = files_of(20, 3)
    drop.deliver(files)
    with workers(drop, quick_folder, {}) as (worker,):
        wait_until(lambda: worker.told("closed"))
        worker.process.send_signal(signal.SIGTERM)
        assert worker.process.wait(60) in (0, 1)
    assert worker.lines()[-1]["event"] == "stopped"
    left = closed(drop)
    assert 0 < left < len(files)
    drop.run()
    check_whole(drop, files)


def hang(worker: Worker, drop: Drop) -> None:
    """Let a worker hang where it does not hold the journal, which SQLite gives to one at a time."""
    while True:
        worker.process.send_signal(signal.SIGSTOP)
        impatient = f"sqlite:///{drop.ledger}?timeout=0.5"
        with suppress(LedgerError), open_ledger(impatient) as ledger, ledger.transaction():
            return
        worker.process.send_signal(signal.SIGCONT)
        time.sleep(0.01)


def test_a_worker_that_hangs_and_wakes_up_disturbs_nobody(quick_folder: Path) -> None:
    files = [*files_of(1, 2), ("big.837", sample(300))]
    alone, drop = (Drop(quick_folder / name, TRANSLATE, more=LEASE) for name in ("alone", "hangs"))
    alone.deliver(files)
    alone.run()
    drop.deliver(files[1:])
    with workers(drop, quick_folder, {}, {}) as (one, two):
        wait_until(lambda: one.told("registered") or two.told("registered"))
        hung, other = (one, two) if one.told("registered") else (two, one)
        hang(hung, drop)
        assert not hung.told("closed"), "it was to be stopped in the middle"
        drop.deliver(files[:1])
        wait_until(lambda: closed(drop) == len(files))
        assert other.told("taken over")
        hung.process.send_signal(signal.SIGCONT)
        wait_until(lambda: hung.told("lost") or hung.told("folder failed"))
    check_whole(drop, files)
    assert drop.files() == alone.files()
    figure("a worker that hangs in a file and wakes up after another has done it", files=len(files))


def test_a_half_written_file_is_left_until_it_is_still(tmp_path: Path) -> None:
    now = 0.0
    watched = Arrivals(
        tmp_path, DropFolder(name="a", path="a", ready=Ready.STABLE, stable_seconds=10), lambda: now
    )
    path = tmp_path / "a.837"
    for seconds in range(0, 40, 8):
        now = float(seconds)
        path.write_bytes(FILE[: 100 + seconds])
        assert watched.ready() == [], "it still grows"
    now = 49.0
    assert watched.ready() == ["a.837"]
    path.unlink()
    assert watched.ready() == []
    path.write_bytes(FILE)
    assert watched.ready() == [], "another file of that name is watched anew"


def test_a_half_written_file_comes_whole_or_not_at_all(quick_folder: Path) -> None:
    drop = Drop(quick_folder / "drop", 'ready = "stable"\nstable_seconds = 2', more=LEASE)
    path = drop.root / "inbound" / "a.837"
    with workers(drop, quick_folder, {}) as (worker,), path.open("wb") as stream:
        wait_until(lambda: worker.told("started"))
        for start in range(0, len(FILE), 1 + len(FILE) // 6):
            stream.write(FILE[start : start + 1 + len(FILE) // 6])
            stream.flush()
            time.sleep(0.4)
        assert not worker.told("taken")
        stream.close()
        wait_until(lambda: closed(drop) == 1)
    check_whole(drop, [("a.837", FILE)])
    assert drop.names("error", "quarantine") == []
