"""Answers given again while others work on the same ledger, or are broken off: nothing is missed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

from broken_off import killed_at
from ledger_content import content, load_rows, load_rows_into
from sqlalchemy import Engine, event
from visit_files import MEMBER, OTHER_MEMBER, run_texts, visit_file

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.jobs.recycle import recycle
from edi_hit.jobs.reopen import reopen
from edi_hit.ledger import ledger_status, open_ledger
from edi_hit.profiles import History, RunSettings

ALL = RunSettings(history=History.COMPLETE)
ON = date(2025, 9, 1)
RECEIVED = date(2025, 3, 10)
FIRST = visit_file("A", ("G0088", "20250301"))
SECOND = visit_file("B", ("G0088", "20250401"))


def drug(outcome: str) -> dict[str, str]:
    line = {"member_id": MEMBER, "npi": "1999999984", "claim_id": "D1", "line": "1", "payer": "18003"}
    return {**line, "service_date": "2025-02-25", "code": "J1250", "outcome": outcome}


def run(address: str, folder: Path, *texts: str, settings: RunSettings = ALL, on: date = ON) -> None:
    with open_ledger(address) as ledger:
        run_texts(folder, *texts, ledger=ledger, settings=settings, as_of=on, received_on=on)


def again(
    address: str, out: Path, *claims: str, void: bool = False, settings: RunSettings = ALL
) -> tuple[ClaimDecision, ...]:
    with open_ledger(address) as ledger:
        done = reopen(ledger, out, as_of=ON, claims=claims, void=void, settings=settings, force=True)
    return done.decisions


def recycled(address: str, out: Path) -> None:
    with open_ledger(address) as ledger:
        recycle(ledger, out, as_of=date(2025, 6, 2), settings=ALL)


def states(address: str) -> dict[str, str]:
    return {row[1]: row[5] for row in content(address)["claim"]}


def to_reopen(address: str) -> int:
    with open_ledger(address) as ledger, ledger.reading() as connection:
        return ledger_status(connection).changed


@contextmanager
def just_before(transaction: int, work: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Let somebody else work just before a transaction, by number; gives whether it came to that."""
    seen, came = count(1), threading.Event()
    mine = threading.get_ident()

    @event.listens_for(Engine, "engine_connect")
    def other(connection: object) -> None:
        if threading.get_ident() == mine and not came.is_set() and next(seen) == transaction:
            came.set()
            work()

    try:
        yield came.is_set
    finally:
        event.remove(Engine, "engine_connect", other)


def test_a_mark_set_meanwhile_is_not_lost(new_ledger: Callable[[], str], tmp_path: Path) -> None:
    """The drug is told as denied, and as paid again at any moment of the reopening: the visit is paid."""
    for transaction in count(1):
        address, folder = new_ledger(), tmp_path / str(transaction)
        folder.mkdir()
        load_rows(address, folder, "claim_line", drug("paid"))
        run(address, folder / "1", FIRST)
        load_rows(address, folder, "claim_line", drug("denied"))
        back = partial(load_rows, address, folder, "claim_line", drug("paid"))
        with just_before(transaction, back) as came:
            again(address, folder / "2")
        if not came():
            break
        again(address, folder / "3")
        assert (states(address)["A"], to_reopen(address)) == ("paid", 0), transaction
    assert transaction > 3


def test_a_claim_that_comes_in_meanwhile_is_looked_at(new_ledger: Callable[[], str], tmp_path: Path) -> None:
    """Decided while the first visit still stands, which is taken back: it is the first one then."""
    for transaction in count(1):
        address, folder = new_ledger(), tmp_path / str(transaction)
        folder.mkdir()
        load_rows(address, folder, "claim_line", drug("paid") | {"service_date": "2025-03-30"})
        run(address, folder / "1", FIRST, settings=RunSettings())
        other = partial(run, address, folder / "b", SECOND, settings=RunSettings())
        with just_before(transaction, other) as came:
            again(address, folder / "2", "A", void=True, settings=RunSettings())
        if not came():
            break
        assert states(address) == {"A": "returned", "B": "paid", "D1": "paid"}, transaction
    assert transaction > 3


def test_a_load_that_is_not_done_is_waited_for(ledger_address: str, tmp_path: Path) -> None:
    load_rows(ledger_address, tmp_path, "claim_line", drug("paid"))
    run(ledger_address, tmp_path / "1", FIRST)
    load_rows(ledger_address, tmp_path, "claim_line", drug("denied"))
    other = threading.Thread(target=again, args=(ledger_address, tmp_path / "2"))
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        load_rows_into(connection, tmp_path, "claim_line", drug("paid"))
        other.start()
        other.join(1)
    other.join()
    again(ledger_address, tmp_path / "3")
    assert (states(ledger_address)["A"], to_reopen(ledger_address)) == ("paid", 0)


def test_killed_at_any_commit_it_is_completed(new_ledger: Callable[[], str], tmp_path: Path) -> None:
    others = {"member_id": OTHER_MEMBER}
    whole: tuple[ClaimDecision, ...] = ()
    for commit in count(0):
        address, folder = new_ledger(), tmp_path / str(commit)
        folder.mkdir()
        load_rows(address, folder, "claim_line", drug("paid"), drug("paid") | others)
        run(address, folder / "1", FIRST, visit_file("C", ("G0088", "20250301"), member=OTHER_MEMBER))
        load_rows(address, folder, "claim_line", drug("denied"), drug("denied") | others)
        if commit and not killed_at(commit, partial(again, address, folder / "2")):
            break
        done = again(address, folder / "2")
        whole = whole or done
        assert (to_reopen(address), [one.claim for one in done]) == (0, ["A", "C"]), commit
        assert done == whole
    assert commit > 3


def test_a_claim_that_waits_no_more_is_not_answered_by_recycling(
    new_ledger: Callable[[], str], tmp_path: Path
) -> None:
    """Another recycling answers it at any moment of this one: it is told once."""
    for transaction in count(1):
        address, folder = new_ledger(), tmp_path / str(transaction)
        folder.mkdir()
        run(address, folder / "1", visit_file("A", ("G0068", "20250305")), on=RECEIVED)
        with just_before(transaction, partial(recycled, address, folder / "other")) as came:
            recycled(address, folder / "this")
        if not came():
            break
        told = [(folder / name / "recycled.ndjson").read_text() for name in ("other", "this")]
        assert "".join(told).count('"claim":"A"') == 1, transaction
    assert transaction > 3
