"""Work in processes of its own: pieces come, errors are the same, and nobody is left behind."""

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from edi_hit.jobs.worker_processes import (
    Turns,
    WorkerLostError,
    beside,
    each_in_a_process,
    in_processes,
    numbers_once,
)
from edi_hit.rules import LedgerError, ReferenceDataMissing


def pieces(*found: bytes) -> Iterator[bytes]:
    yield from found


def failing(error: Exception) -> Iterator[bytes]:
    yield b"one"
    raise error


def killed() -> Iterator[bytes]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield b"never"


def endless(path: Path) -> Iterator[bytes]:
    try:
        yield str(os.getpid()).encode()
        time.sleep(600)
    finally:
        path.write_text("cleaned up")


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_pieces_of_all_works_come() -> None:
    works = [partial(pieces, b"a", b""), partial(pieces), partial(pieces, b"c" * 1_000_000)]
    assert sorted(in_processes(works)) == [b"", b"a", b"c" * 1_000_000]


def test_a_number_comes_to_one_process_alone() -> None:
    numbers = numbers_once()
    works = [lambda: (b"%d" % number for number in islice(numbers, 500)) for _ in range(3)]
    assert sorted(map(int, in_processes(works))) == list(range(1500))


def test_pieces_of_each_work_come_in_its_order() -> None:
    with each_in_a_process([partial(pieces, b"a", b"b" * 1_000_000), killed, partial(pieces, b"c")]) as told:
        assert list(told[2]) == [b"c"]
        assert list(told[0]) == [b"a", b"b" * 1_000_000]
        with pytest.raises(WorkerLostError):
            next(told[1])


def test_an_error_is_raised_as_it_was() -> None:
    missing = ReferenceDataMissing("zip_locality", "no row", "load it")
    with pytest.raises(ReferenceDataMissing, match="no row") as raised:
        list(in_processes([partial(pieces, b"a"), partial(failing, missing)]))
    assert (raised.value.table, raised.value.hint) == ("zip_locality", "load it")
    with pytest.raises(OSError, match="no space") as full:
        list(in_processes([partial(failing, OSError(28, "no space", "/x"))]))
    assert (full.value.errno, full.value.filename) == (28, "/x")


def test_a_killed_process_ends_the_work_and_the_others(tmp_path: Path) -> None:
    work = in_processes([partial(endless, tmp_path / "left"), killed])
    other = int(next(work))
    with pytest.raises(WorkerLostError, match="the same command completes the run"):
        next(work)
    assert not is_running(other)
    assert (tmp_path / "left").read_text() == "cleaned up"


def test_nothing_is_left_where_the_pieces_are_not_wanted_any_more(tmp_path: Path) -> None:
    work = in_processes([partial(endless, tmp_path / "left")])
    other = int(next(work))
    work.close()
    assert not is_running(other)
    assert (tmp_path / "left").read_text() == "cleaned up"


def test_processes_go_through_one_at_a_time(tmp_path: Path) -> None:
    turns, inside = Turns(), tmp_path / "inside"

    def work() -> Iterator[bytes]:
        for _ in range(20):
            with turns:
                inside.mkdir()  # fails where another is inside
                time.sleep(0.001)
                inside.rmdir()
        yield b"done"

    assert list(in_processes([work, work, work])) == [b"done"] * 3


@pytest.mark.parametrize("forks", [True, False])
def test_work_beside_a_block_is_done_when_the_block_ends(tmp_path: Path, forks: bool) -> None:
    with beside(lambda: [None, (tmp_path / "done").write_text(str(os.getpid()))][0], forks=forks):
        pass
    assert ((tmp_path / "done").read_text() == str(os.getpid())) is not forks


@pytest.mark.parametrize("forks", [True, False])
def test_an_error_beside_a_block_is_raised(forks: bool) -> None:
    def work() -> None:
        raise LedgerError("gone")

    with pytest.raises(LedgerError, match="gone"), beside(work, forks=forks):
        pass
