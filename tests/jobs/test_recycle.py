"""Visits that wait for their drug: answered when it comes in, or when their time has run out."""

from datetime import date
from pathlib import Path

import pytest
from pyx12_oracle import accepts
from visit_files import decisions, drug_file, run_texts, visit_file

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.jobs.recycle import Recycled, recycle
from edi_hit.ledger import ledger_status, open_ledger
from edi_hit.profiles import History, RunSettings, Unknown
from edi_hit.rules import ConfigError

ALL = RunSettings(history=History.COMPLETE)
RECEIVED = date(2025, 3, 10)
VISIT = visit_file("A", ("G0068", "20250305"))


def wait(address: str, folder: Path) -> ClaimDecision:
    with open_ledger(address) as ledger:
        run_texts(folder, VISIT, ledger=ledger, as_of=RECEIVED, received_on=RECEIVED, settings=ALL)
    return decisions(folder)["A"]


def again(address: str, out: Path, as_of: date) -> Recycled:
    with open_ledger(address) as ledger:
        return recycle(ledger, out, as_of=as_of, settings=ALL)


def test_a_visit_without_its_drug_waits_and_says_when_it_is_looked_at(
    ledger_address: str, tmp_path: Path
) -> None:
    decision = wait(ledger_address, tmp_path / "1")
    assert decision.state == "pended"
    assert decision.look_again_on is not None
    assert not list((tmp_path / "1" / "out").glob("*.835"))
    with open_ledger(ledger_address) as ledger, ledger.reading() as connection:
        status = ledger_status(connection)
    assert (status.waiting, status.next_look_on) == (1, decision.look_again_on)


def test_while_there_is_time_it_goes_on_waiting(ledger_address: str, tmp_path: Path) -> None:
    look = wait(ledger_address, tmp_path / "1").look_again_on
    assert look is not None
    done = again(ledger_address, tmp_path / "2", look)
    assert (done.waited, done.waiting, done.decisions) == (1, 1, ())
    assert not (tmp_path / "2" / "recycled.835").exists()
    with open_ledger(ledger_address) as ledger, ledger.reading() as connection:
        next_look = ledger_status(connection).next_look_on
    assert next_look is not None
    assert next_look > look


def test_when_its_time_ran_out_it_is_denied(ledger_address: str, tmp_path: Path) -> None:
    wait(ledger_address, tmp_path / "1")
    done = again(ledger_address, tmp_path / "2", date(2025, 6, 2))
    assert [(one.claim, one.state) for one in done.decisions] == [("A", "denied")]
    path = tmp_path / "2" / "recycled.835"
    assert "*MB*SIM000001000000001*" in path.read_text()
    assert accepts(path)
    assert again(ledger_address, tmp_path / "3", date(2025, 6, 3)).waited == 0


def test_when_its_drug_came_in_it_is_paid(ledger_address: str, tmp_path: Path) -> None:
    wait(ledger_address, tmp_path / "1")
    with open_ledger(ledger_address) as ledger:
        run_texts(tmp_path / "d", drug_file("D"), ledger=ledger, as_of=date(2025, 3, 12))
    done = again(ledger_address, tmp_path / "2", date(2025, 3, 13))
    assert [(one.claim, one.state) for one in done.decisions] == [("A", "paid")]


def test_without_its_drug_it_is_not_paid_though_the_history_is_now_called_partial(
    ledger_address: str, tmp_path: Path
) -> None:
    look = wait(ledger_address, tmp_path / "1").look_again_on
    assert look is not None
    with open_ledger(ledger_address) as ledger:
        done = recycle(ledger, tmp_path / "2", as_of=look)
    assert (done.waited, done.waiting) == (1, 1)
    with open_ledger(ledger_address) as ledger:
        done = recycle(ledger, tmp_path / "3", as_of=date(2025, 6, 2))
    assert [(one.claim, one.state) for one in done.decisions] == [("A", "denied")]


def test_a_claim_that_waits_for_something_else_is_not_held_to_its_drug(
    sqlite_ledger: str, tmp_path: Path
) -> None:
    waits_for_the_deductible = RunSettings(unknown=Unknown.PEND)
    with open_ledger(sqlite_ledger) as ledger:
        texts = (drug_file("D"), VISIT)
        run_texts(tmp_path / "1", *texts, ledger=ledger, as_of=RECEIVED, settings=waits_for_the_deductible)
        assert decisions(tmp_path / "1")["A"].look_again_on is None
        done = recycle(ledger, tmp_path / "2", as_of=date(2025, 6, 2))
    assert ("A", "paid") in [(one.claim, one.state) for one in done.decisions]


def test_the_first_file_then_gets_the_later_answer(ledger_address: str, tmp_path: Path) -> None:
    wait(ledger_address, tmp_path / "1")
    again(ledger_address, tmp_path / "2", date(2025, 6, 2))
    assert wait(ledger_address, tmp_path / "3").state == "denied"


def test_results_are_not_overwritten_unasked(sqlite_ledger: str, tmp_path: Path) -> None:
    wait(sqlite_ledger, tmp_path / "1")
    again(sqlite_ledger, tmp_path / "2", date(2025, 6, 2))
    with pytest.raises(ConfigError, match="--force"):
        again(sqlite_ledger, tmp_path / "2", date(2025, 6, 2))
