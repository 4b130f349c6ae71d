"""Replacements and voids (CLM05-3 7, 8) take back the answer to the claim they name (REF*F8)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from ledger_content import rows
from story_files import TABLES, example_contract
from visit_files import OTHER_MEMBER, decisions, per_diem, run_texts, visit_file

from edi_hit.cli.main import edi_hit_command
from edi_hit.jobs.adjudicate import Progress
from edi_hit.jobs.reopen import reopen
from edi_hit.ledger import ledger_status, open_ledger
from edi_hit.profiles import RunSettings
from edi_hit.remits import PaymentRecord, read_remittances

DAY, NEXT = "20250203", "20250204"
CONTRACT = example_contract()
SETTINGS = RunSettings(contracts=dict.fromkeys(CONTRACT.payers, (CONTRACT,)))
FIRST, SECOND = "SIM000001000000001", "SIM000002000000001"


class Office:
    """Sends files one after another, each into a folder of its own."""

    def __init__(self, folder: Path, address: str | None) -> None:
        self.folder = folder
        self.address = address

    def send(self, run: str, text: str, **options: Any) -> tuple[Any, list[tuple[str, ...]]]:
        """The decision on a file of one claim, and CLP01 to CLP04 and CLP07 of each claim of its 835."""
        options = {"settings": SETTINGS, "tables": TABLES, "as_of": date(2025, 8, 1)} | options
        if self.address is None:
            run_texts(self.folder / run, text, **options)
        else:
            with open_ledger(self.address) as ledger:
                run_texts(self.folder / run, text, ledger=ledger, **options)
        (decision,) = decisions(self.folder / run).values()
        return decision, payments(self.folder / run / "out" / "f0.835")

    def reopen(self, run: str) -> tuple[list[Any], list[tuple[str, ...]]]:
        """The decisions of a reopening, and the claims of its 835."""
        assert self.address is not None
        out = self.folder / run
        with open_ledger(self.address) as ledger:
            done = reopen(ledger, out, as_of=date(2025, 9, 1), settings=SETTINGS, tables=TABLES)
        return list(done.decisions), payments(out / "reopened.835")


def payments(path: Path) -> list[tuple[str, ...]]:
    if not path.exists():
        return []
    told = [event.payment for event in read_remittances(path) if isinstance(event, PaymentRecord)]
    return [
        (one.claim_id, one.status, str(one.charge), str(one.paid), one.payer_claim_number)
        for one in told
        if one is not None
    ]


@pytest.fixture
def office(ledger_address: str, tmp_path: Path) -> Office:
    return Office(tmp_path, ledger_address)


def test_a_replacement_reverses_the_answer_and_gives_its_own(office: Office) -> None:
    _, told = office.send("one", per_diem("A1", DAY))
    assert told == [("A1", "1", "300.00", "150.00", FIRST)]
    replacement = per_diem("A1", DAY, NEXT, frequency="7", replaces=FIRST)
    decision, told = office.send("two", replacement)
    assert (decision.state, str(decision.paid), decision.former.state) == ("paid", "300.00", "paid")
    assert told == [("A1", "22", "-300.00", "-150.00", FIRST), ("A1", "1", "600.00", "300.00", SECOND)]
    assert "\nBPR*I*150*C*NON" in written(office, "two"), "300.00 less what was paid before"
    standing = {row["claim_id"]: row["state"] for row in rows(office.address or "", "claim")}
    assert standing == {"A1": "paid"}
    assert [row["state"] for row in rows(office.address or "", "claim")] == ["returned", "paid"]
    again, same = office.send("again", replacement)
    assert (again, same) == (decision, told)
    assert written(office, "again") == written(office, "two")
    assert office.reopen("reopened") == ([], []), "nothing else rests on it"


def test_the_835_is_as_the_documentation_shows_it(tmp_path: Path, sqlite_ledger: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text()
    claim, remittance = page.split("## Replacements and voids")[1].split("```")[1].strip().split("\n\n")
    office = Office(tmp_path, sqlite_ledger)
    office.send("one", per_diem("A1", DAY))
    replacement = per_diem("A1", DAY, NEXT, frequency="7", replaces=FIRST)
    assert [line for line in claim.splitlines() if line not in replacement] == []
    office.send("two", replacement)
    told = [line for line in written(office, "two").splitlines() if line[:3] in ("CLP", "SVC", "CAS")]
    assert told == remittance.splitlines()


def test_a_void_takes_the_answer_back_and_bills_nothing(office: Office) -> None:
    office.send("one", per_diem("A1", DAY))
    void = per_diem("A1", DAY, frequency="8", replaces=FIRST)
    decision, told = office.send("two", void)
    assert (decision.state, decision.paid, str(decision.former.paid)) == ("returned", None, "150.00")
    assert told == [("A1", "22", "-300.00", "-150.00", FIRST)]
    assert "\nBPR*I*0*C*NON" in written(office, "two")
    assert "*FB:" in written(office, "two"), "the payee owes it: carried to the next payment"
    with open_ledger(office.address or "") as ledger, ledger.reading() as connection:
        status = ledger_status(connection)
    assert (status.open_balances, status.owed, status.changed) == (1, Decimal("150.00"), 0)
    shown = CliRunner().invoke(edi_hit_command, ["ledger", "status", "--ledger", office.address or ""]).output
    assert "open balances                     1  owed by payees: 150.00" in shown
    assert office.send("again", void)[1] == told
    decision, told = office.send("three", per_diem("A1", DAY))
    assert (decision.state, told) == ("returned", []), "the first file again: its claim bills nothing now"


def test_a_replacement_is_not_held_against_what_it_replaces(office: Office) -> None:
    office.send("one", per_diem("A1", DAY))
    decision, _ = office.send("two", per_diem("A2", DAY, frequency="7", replaces=FIRST))
    assert (decision.state, str(decision.paid)) == ("paid", "150.00")


@pytest.mark.parametrize("frequency", ["7", "8"])
def test_what_names_nothing_known_is_not_answered(office: Office, frequency: str) -> None:
    office.send("one", per_diem("A1", DAY))
    decision, told = office.send("two", per_diem("A1", DAY, frequency=frequency, replaces="ICN77"))
    assert (decision.state, told) == ("unanswered", [])
    assert "COMM-FREQ" in decision.reason


@pytest.mark.parametrize("frequency", ["7", "8"])
def test_what_names_a_claim_of_another_patient_is_sent_back(office: Office, frequency: str) -> None:
    office.send("one", per_diem("A1", DAY, member=OTHER_MEMBER))
    decision, told = office.send("two", per_diem("A1", DAY, frequency=frequency, replaces=FIRST))
    assert (decision.state, told, decision.lines[0].remarks) == ("returned", [], ("M47",))
    assert [row["state"] for row in rows(office.address or "", "claim")] == ["paid", "returned"]


def test_a_claim_is_replaced_once(office: Office) -> None:
    office.send("one", per_diem("A1", DAY))
    office.send("two", per_diem("A1", DAY, NEXT, frequency="7", replaces=FIRST))
    decision, told = office.send("three", per_diem("A1", NEXT, frequency="7", replaces=FIRST))
    assert (decision.state, told) == ("returned", [])
    decision, told = office.send("four", per_diem("A1", NEXT, frequency="7", replaces=SECOND))
    assert [claim[1:4] for claim in told] == [("22", "-600.00", "-300.00"), ("1", "300.00", "150.00")]


def test_a_replacement_that_is_not_answered_takes_nothing_back(office: Office) -> None:
    office.send("one", per_diem("A1", DAY))
    replacement = per_diem("A1", DAY, NEXT, frequency="7", replaces=FIRST)
    decision, told = office.send("two", replacement, settings=RunSettings())
    assert (decision.state, told) == ("unanswered", [])
    _, told = office.send("three", replacement)
    assert [claim[1] for claim in told] == ["22", "1"]


def test_a_run_that_was_broken_off_tells_the_reversal_when_it_is_completed(office: Office) -> None:
    office.send("one", per_diem("A1", DAY))
    replacement = per_diem("A1", DAY, NEXT, frequency="7", replaces=FIRST)

    def fail() -> None:
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="disk"):
        office.send("two", replacement, force=False, progress=Progress(claim_decided=fail))
    states = [row["state"] for row in rows(office.address or "", "claim")]
    assert states == ["returned", "paid"], "recorded already"
    _, told = office.send("two", replacement, force=False)
    assert [claim[1] for claim in told] == ["22", "1"]


def test_medicare_part_b_takes_none(office: Office) -> None:
    office.send("one", visit_file("A1", ("G0068", DAY)))
    text = per_diem("A1", DAY, frequency="7", replaces=FIRST).replace("S9500", "G0068")
    text = text.replace("*PI*SUMMIT01~", "*PI*10112~").replace("*CI~", "*MB~")
    decision, told = office.send("two", text)
    assert (decision.state, told) == ("rejected", [])
    assert rows(office.address or "", "claim")[0]["state"] != "returned"


def test_without_a_ledger_it_is_not_answered(tmp_path: Path) -> None:
    office = Office(tmp_path, None)
    decision, told = office.send("one", per_diem("A1", DAY, frequency="7", replaces=FIRST))
    assert (decision.state, told) == ("unanswered", [])
    assert "COMM-FREQ" in decision.reason


def written(office: Office, run: str) -> str:
    """The 835 of a run, a segment a line."""
    return (office.folder / run / "out" / "f0.835").read_text().replace("~", "~\n").replace("\n\n", "\n")
