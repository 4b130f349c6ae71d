"""Workers of a drop as processes: started, killed, with wrong clocks; and what they left."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from itertools import repeat
from pathlib import Path
from typing import Any

import drop_worker
import pytest
from drop_folders import Drop, digest
from forked_process import ForkedProcess
from sqlalchemy import text

from edi_hit.ledger import open_ledger, verify_audit
from edi_hit.sample import write_sample_837p

TESTS = Path(__file__).parent
PATIENCE = float(os.environ.get("EDI_HIT_FAULT_PATIENCE", "120"))
"""Seconds after which a run that does not come to its end has failed."""

FIGURES = os.environ.get("EDI_HIT_FAULT_FIGURES")
"""The file that says what was run; none where it is not set."""


def figure(run: str, **numbers: int | bool) -> None:
    """Note down what was run."""
    if FIGURES:
        with Path(FIGURES).open("a") as stream:
            stream.write(json.dumps({"run": run, **numbers}) + "\n")


class Worker:
    """One worker process; its log is a file. What its environment is to change is there when it starts."""

    def __init__(self, drop: Drop, log: Path, *options: str, **environment: str) -> None:
        self._log = log
        self.process: ForkedProcess | subprocess.Popen[bytes]
        log.touch()
        if not environment:
            told = (drop.config, "--once" in options, "--ledger-numbers" in options)
            self.process = ForkedProcess(drop_worker.main, *told, streams={2: log})
            return
        with log.open("ab") as stream:
            self.process = subprocess.Popen(
                [sys.executable, str(TESTS / "drop_worker.py"), str(drop.config), *options],
                stderr=stream,
                env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path]), **environment},
            )

    def lines(self) -> list[dict[str, Any]]:
        """What it told so far; a line cut off by a kill is left out."""
        found = []
        for line in self._log.read_text().splitlines():
            try:
                found.append(json.loads(line))
            except json.JSONDecodeError:
                assert not line.startswith("Traceback"), self._log.read_text()
        return found

    def told(self, event: str) -> bool:
        """Whether it told of such an event."""
        return any(line["event"] == event for line in self.lines())

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ask it to stop; give its exit code."""
        self.process.terminate()
        return self.process.wait(PATIENCE)


def killed_at_random(drop: Drop, logs: Path, files: int, kills: int, *options: str) -> list[Worker]:
    """Two workers on a drop, one of them killed and started anew again and again; give those at the end.

    Kills are spread over the whole run: each comes at random when so many files, drawn before, are closed.
    """
    chance = random.Random(3)
    logs.mkdir()
    running = [Worker(drop, logs / f"log{number}", *options) for number in range(2)]
    for number, after in enumerate(sorted(chance.choices(range(files), k=kills))):
        wait_until(lambda after=after: closed(drop) >= after)
        time.sleep(chance.uniform(0.0, 0.5))
        one = chance.randrange(2)
        running[one].kill()
        running[one] = Worker(drop, logs / f"log{2 + number}", *options)
    wait_until(lambda: closed(drop) == files and all(worker.told("started") for worker in running))
    return running


@contextmanager
def workers(
    drop: Drop, folder: Path, *environments: dict[str, str], options: tuple[str, ...] = ()
) -> Iterator[list[Worker]]:
    """Workers, one for each environment; stopped at the end."""
    started = [Worker(drop, folder / f"log{n}", *options, **env) for n, env in enumerate(environments)]
    try:
        yield started
    finally:
        for worker in started:
            if worker.process.poll() is None:
                worker.stop()


def wait_until(holds: Callable[[], bool]) -> None:
    """Look until something holds; fail where it does not in time."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it did not come to its end in time"
        time.sleep(0.05)


def closed(drop: Drop) -> int:
    """How many files came to an end."""
    with open_ledger(drop.ledger) as ledger, ledger.reading() as connection:
        found = connection.execute(text("SELECT coalesce(sum(files), 0) FROM drop_total")).scalar_one()
        return int(found)


def check_whole(drop: Drop, files: list[tuple[str, bytes]]) -> None:
    """Each file delivered is there once, nothing is left over, and the audit trail has an entry for each."""
    kept = Counter(found for path, found in drop.digests().items() if path.endswith(".original"))
    assert kept == Counter(digest(data) for _, data in files)
    assert drop.names("inbound", "work") == []
    with open_ledger(drop.ledger) as ledger, ledger.reading() as connection:
        verdict = verify_audit(connection)
    assert (verdict.head.entries, verdict.faults) == (len(files), ())
    assert closed(drop) == len(files)


def forget_leases(drop: Drop) -> None:
    """Let the time of all leases be over."""
    with open_ledger(drop.ledger) as ledger, ledger.transaction() as connection:
        connection.execute(text("UPDATE drop_file SET lease_until = 0"))


def sample(claims: int, seed: int = 1_000_000) -> bytes:
    """A file of so many claims."""
    stream = BytesIO()
    write_sample_837p(stream, claims, seed)
    return stream.getvalue()


def files_of(count: int, most_claims: int) -> list[tuple[str, bytes]]:
    """Files to deliver, by name, a few of them faulty; none twice.

    They are of 1 to so many claims, more small ones than large ones: of each order of magnitude as many.
    """
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(_file, range(1, count + 1), repeat(most_claims), chunksize=20))


def _file(number: int, most_claims: int) -> tuple[str, bytes]:
    data = sample(round(most_claims ** (number * 7919 % 1009 / 1008)), number)
    if number % 10 == 3:
        data = data[: len(data) * 2 // 3]
    elif number % 10 == 7:
        data = b"no X12: file " + str(number).encode()
    return f"file-{number:05d}.837", data


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where there is one: what only kills processes need not wait for a disk."""
    if not os.access("/dev/shm", os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="edi-drop-", dir="/dev/shm") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def clock_skewer(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The library that sets the clock of a process wrong."""
    built = tmp_path_factory.mktemp("clock") / "skewed_clock.so"
    try:
        subprocess.run(["cc", "-shared", "-fPIC", "-o", built, TESTS / "skewed_clock.c", "-ldl"], check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no C compiler to set a clock wrong with")
    return str(built)


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A small file system of its own, where that may be made."""
    folder.mkdir()
    made = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", folder], capture_output=True
        ).returncode
    )
    if not made:
        pytest.skip("a file system can only be mounted as root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
