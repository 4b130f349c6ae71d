"""Answers that rest on an outcome that has changed are taken back and given again."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from ledger_content import content, load_rows, rows
from pyx12_oracle import accepts
from visit_files import MEMBER, decisions, run_texts, visit_file

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.jobs.reopen import Reopened, reopen
from edi_hit.ledger import load_claims, open_ledger
from edi_hit.profiles import History, RunSettings, Unknown
from edi_hit.remits import ClaimPayment, PaymentRecord, RemittanceRecord, read_remittances
from edi_hit.report.explanation import explain
from edi_hit.rules import ConfigError

ALL = RunSettings(history=History.COMPLETE)
ON = date(2025, 9, 1)
FIRST = visit_file("A", ("G0088", "20250301"))
SECOND = visit_file("B", ("G0088", "20250401"))


def drug(outcome: str) -> dict[str, str]:
    line = {"member_id": MEMBER, "npi": "1999999984", "claim_id": "D1", "line": "1", "payer": "18003"}
    return {**line, "service_date": "2025-02-25", "code": "J1250", "outcome": outcome}


def run(address: str, folder: Path, *texts: str, settings: RunSettings = ALL) -> dict[str, ClaimDecision]:
    with open_ledger(address) as ledger:
        run_texts(folder, *texts, ledger=ledger, settings=settings)
    return decisions(folder)


def again(address: str, out: Path, *claims: str, void: bool = False, settings: RunSettings = ALL) -> Reopened:
    with open_ledger(address) as ledger:
        return reopen(ledger, out, as_of=ON, claims=claims, void=void, settings=settings)


def payments(path: Path) -> list[tuple[str, str, Decimal]]:
    records = [event for event in read_remittances(path) if isinstance(event, PaymentRecord)]
    found: list[ClaimPayment] = [one.payment for one in records if one.payment is not None and one.accepted]
    assert len(found) == len(records)
    return [(one.claim_id, one.status, one.paid) for one in found]


def test_a_drug_reversed_later_takes_the_visit_back(ledger_address: str, tmp_path: Path) -> None:
    load_rows(ledger_address, tmp_path, "claim_line", drug("paid"))
    paid = run(ledger_address, tmp_path / "1", FIRST)["A"].paid
    assert paid
    load_rows(ledger_address, tmp_path, "claim_line", drug("denied"))
    done = again(ledger_address, tmp_path / "2")
    (decision,) = done.decisions
    assert (decision.claim, decision.state, decision.paid) == ("A", "denied", Decimal("0.00"))
    assert decision.former is not None
    assert (decision.former.state, decision.former.paid) == ("paid", paid)
    assert explain(decision, {}).former.endswith(f"taken back: paid, paid {paid}")
    path = tmp_path / "2" / "reopened.835"
    assert payments(path) == [("A", "22", -paid), ("A", "1", Decimal("0"))]
    assert accepts(path)
    assert [(row["outcome"], row["paid"]) for row in rows(ledger_address, "claim_line")] == [
        ("denied", None),
        ("denied", Decimal("0.00")),
    ]


def test_what_the_payee_owes_is_carried_forward(ledger_address: str, tmp_path: Path) -> None:
    load_rows(ledger_address, tmp_path, "claim_line", drug("paid"))
    paid = run(ledger_address, tmp_path / "1", FIRST)["A"].paid
    load_rows(ledger_address, tmp_path, "claim_line", drug("denied"))
    again(ledger_address, tmp_path / "2")
    ends = [e for e in read_remittances(tmp_path / "2" / "reopened.835") if isinstance(e, RemittanceRecord)]
    assert [end.head.amount for end in ends] == [Decimal("0")]
    assert [row["amount"] for row in rows(ledger_address, "open_balance")] == [paid]


def test_once_told_nothing_is_told_again(ledger_address: str, tmp_path: Path) -> None:
    load_rows(ledger_address, tmp_path, "claim_line", drug("paid"))
    run(ledger_address, tmp_path / "1", FIRST)
    load_rows(ledger_address, tmp_path, "claim_line", drug("denied"))
    again(ledger_address, tmp_path / "2")
    before = content(ledger_address)
    done = again(ledger_address, tmp_path / "3")
    assert (done.decisions, [path.name for path in done.outputs]) == ((), ["reopened.ndjson"])
    assert content(ledger_address) == before


def test_back_and_forth_gets_a_control_number_each(ledger_address: str, tmp_path: Path) -> None:
    load_rows(ledger_address, tmp_path, "claim_line", drug("paid"))
    run(ledger_address, tmp_path / "0", FIRST)
    numbers = set()
    for turn, outcome in enumerate(("denied", "paid", "denied"), 1):
        load_rows(ledger_address, tmp_path, "claim_line", drug(outcome))
        again(ledger_address, tmp_path / str(turn))
        numbers.add((tmp_path / str(turn) / "reopened.835").read_text().split("*")[13])
    assert len(numbers) == 3
    told = [(row["revision"], row["control_number"]) for row in rows(ledger_address, "former_answer")]
    assert told == [(1, 2), (2, 3), (3, 4)]


def test_a_first_visit_taken_back_makes_the_next_one_the_first(ledger_address: str, tmp_path: Path) -> None:
    load_rows(ledger_address, tmp_path, "claim_line", drug("paid") | {"service_date": "2025-03-30"})
    settings = RunSettings()
    run(ledger_address, tmp_path / "1", FIRST, settings=settings)
    found = run(ledger_address, tmp_path / "2", SECOND, settings=settings)
    assert found["B"].state == "denied"
    done = again(ledger_address, tmp_path / "3", "A", void=True, settings=settings)
    assert [(one.claim, one.state) for one in done.decisions] == [("A", "returned"), ("B", "paid")]
    said = [(claim, status) for claim, status, _ in payments(tmp_path / "3" / "reopened.835")]
    assert said == [("A", "22"), ("B", "22"), ("B", "1")]
    again_sent = run(ledger_address, tmp_path / "4", FIRST, SECOND, settings=settings)
    assert (again_sent["A"].state, again_sent["B"].state) == ("returned", "paid")


def test_what_the_payer_told_stands_and_others_rest_on_it(ledger_address: str, tmp_path: Path) -> None:
    """The payer denied the first visit that was paid here; so the second one is the first."""
    run(ledger_address, tmp_path / "1", FIRST, settings=RunSettings())
    run(ledger_address, tmp_path / "2", SECOND, settings=RunSettings())
    sent = (tmp_path / "1" / "out" / "f0.835").read_text()
    (tmp_path / "payer.835").write_text(sent.replace("CLP*A*1*", "CLP*A*4*"))
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        assert load_claims(connection, [tmp_path / "payer.835"], ON).payments.lines == 1
    done = again(ledger_address, tmp_path / "3", settings=RunSettings())
    assert [(one.claim, one.state) for one in done.decisions] == [("B", "paid")]
    states = {row["claim_id"]: row["state"] for row in rows(ledger_address, "claim")}
    assert states == {"A": "denied", "B": "paid"}


def test_an_answer_given_back_frees_the_deductible(ledger_address: str, tmp_path: Path) -> None:
    owed = {"member_id": MEMBER, "calendar_year": "2025", "met": "157.00", "known_on": "2025-01-01"}
    load_rows(ledger_address, tmp_path, "deductible", owed)
    run(ledger_address, tmp_path / "1", FIRST, settings=RunSettings())
    later = visit_file("C", ("G0068", "20250310"))
    assert deductible(run(ledger_address, tmp_path / "2", later, settings=RunSettings())["C"]) == 0
    done = again(ledger_address, tmp_path / "3", "A", void=True, settings=RunSettings())
    assert [(one.claim, deductible(one)) for one in done.decisions] == [("A", 0), ("C", Decimal("100.00"))]


def deductible(decision: ClaimDecision) -> Decimal:
    taken = (one.amount for line in decision.lines for one in line.adjustments if one.carc == "1")
    return sum(taken, Decimal(0))


def test_a_deductible_told_after_the_answer_is_not_taken_twice(sqlite_ledger: str, tmp_path: Path) -> None:
    run(sqlite_ledger, tmp_path / "1", FIRST, settings=RunSettings(deductible_left=Decimal("257.00")))
    met = {"member_id": MEMBER, "calendar_year": "2025", "met": "257.00", "known_on": "2025-08-15"}
    load_rows(sqlite_ledger, tmp_path, "deductible", met)
    assert again(sqlite_ledger, tmp_path / "2", "A", settings=RunSettings()).decisions == ()


def test_broken_off_before_its_835_it_is_completed(sqlite_ledger: str, tmp_path: Path) -> None:
    load_rows(sqlite_ledger, tmp_path, "claim_line", drug("paid"))
    run(sqlite_ledger, tmp_path / "1", FIRST)
    load_rows(sqlite_ledger, tmp_path, "claim_line", drug("denied"))
    (tmp_path / "2").mkdir()
    (tmp_path / "2" / "reopened.ndjson").mkdir()
    with pytest.raises(IsADirectoryError), open_ledger(sqlite_ledger) as ledger:
        reopen(ledger, tmp_path / "2", as_of=ON, settings=ALL, force=True)
    told = (tmp_path / "2" / "reopened.835").read_bytes()
    done = again(sqlite_ledger, tmp_path / "3")
    assert [one.claim for one in done.decisions] == ["A"]
    assert (tmp_path / "3" / "reopened.835").read_bytes() == told


def test_a_claim_of_nobody_is_reopened_alone(ledger_address: str, tmp_path: Path) -> None:
    texts = [visit_file(name, ("G0068", "20250501"), member="UNKNOWN") for name in "AB"]
    run(ledger_address, tmp_path / "1", *texts, settings=RunSettings())
    assert {row["person"] for row in rows(ledger_address, "claim")} == {""}
    strict = RunSettings(unknown=Unknown.DENY)
    done = again(ledger_address, tmp_path / "2", "A", settings=strict)
    assert [(one.claim, one.state) for one in done.decisions] == [("A", "denied")]
    done = again(ledger_address, tmp_path / "3", "B", void=True, settings=RunSettings())
    assert [(one.claim, one.state) for one in done.decisions] == [("B", "returned")]


def test_what_cannot_be_reopened(sqlite_ledger: str, tmp_path: Path) -> None:
    texts = FIRST, visit_file("A", ("G0068", "20250501"))
    run(sqlite_ledger, tmp_path / "1", *texts, settings=RunSettings())
    with pytest.raises(ConfigError, match="no answered claim Z"):
        again(sqlite_ledger, tmp_path / "2", "Z")
    with pytest.raises(ConfigError, match="2 answered claims"):
        again(sqlite_ledger, tmp_path / "2", "A", void=True)
    done = again(sqlite_ledger, tmp_path / "2", "SIM000001000000001", void=True)
    assert done.decisions[0].state == "returned"
