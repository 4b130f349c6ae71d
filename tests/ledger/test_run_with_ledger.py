"""Runs with a ledger: what was answered before counts, and the same file gets the same answers."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from ledger_content import content, load_rows, rows
from visit_files import (
    EXAMPLES,
    MEMBER,
    OTHER_MEMBER,
    answer,
    decisions,
    drug_file,
    one_file,
    run_texts,
    visit_file,
)

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.jobs.adjudicate import RunResult
from edi_hit.ledger import init_ledger, open_ledger
from edi_hit.profiles import History, RunSettings
from edi_hit.reference import Tables
from edi_hit.rules import ConfigError

ALL = RunSettings(history=History.COMPLETE)
FEES = Tables.with_files([EXAMPLES / "tables"])
"""With which a drug claim is answered."""


def run(address: str, folder: Path, *texts: str, **options: object) -> RunResult:
    with open_ledger(address) as ledger:
        return run_texts(folder, *texts, ledger=ledger, **options)


def decide(address: str, folder: Path, *texts: str, **options: object) -> dict[str, ClaimDecision]:
    run(address, folder, *texts, **options)
    return decisions(folder)


@pytest.mark.parametrize(("day", "said"), [("20250302", "not met"), ("20250303", "unknown")])
def test_a_visit_of_an_earlier_run_counts(ledger_address: str, tmp_path: Path, day: str, said: str) -> None:
    decide(ledger_address, tmp_path / "1", visit_file("A", ("G0068", "20250101")))
    found = decide(ledger_address, tmp_path / "2", visit_file("B", ("G0088", day)))
    assert answer(found["B"], "HIT-INIT-60") == said


def test_a_visit_of_another_person_does_not_count(ledger_address: str, tmp_path: Path) -> None:
    decide(ledger_address, tmp_path / "1", visit_file("A", ("G0068", "20250101")))
    other = visit_file("B", ("G0088", "20250201"), member=OTHER_MEMBER)
    assert answer(decide(ledger_address, tmp_path / "2", other)["B"], "HIT-INIT-60") == "unknown"


def test_ids_of_one_person_are_seen_together(ledger_address: str, tmp_path: Path) -> None:
    ids = ({"beneficiary": "P1", "member_id": member} for member in (MEMBER, OTHER_MEMBER))
    decide(ledger_address, tmp_path / "1", visit_file("A", ("G0068", "20250101")))
    load_rows(ledger_address, tmp_path, "beneficiary_id", *ids)
    texts = [
        visit_file(name, ("G0068", "20250101"), member=m) for name, m in (("B", OTHER_MEMBER), ("C", MEMBER))
    ]
    found = decide(ledger_address, tmp_path / "2", *texts)
    assert [answer(found[name], "HIT-DUP") for name in ("B", "C")] == ["not met", "not met"]


def test_a_drug_loaded_from_the_past_serves_a_visit(ledger_address: str, tmp_path: Path) -> None:
    line = {"member_id": MEMBER, "npi": "1999999984", "claim_id": "D1", "line": "1", "payer": "18003"}
    line |= {"service_date": "2025-02-20", "code": "J1250", "outcome": "paid"}
    load_rows(ledger_address, tmp_path, "claim_line", line)
    found = decide(ledger_address, tmp_path / "1", visit_file("A", ("G0068", "20250305")))
    assert answer(found["A"], "HIT-DRUG-30") == "met"


def test_runs_one_after_the_other_decide_as_one_run(
    ledger_address: str, new_ledger: Callable[[], str], tmp_path: Path
) -> None:
    texts = [
        visit_file("A", ("G0088", "20250301"), ("G0068", "20250308")),
        one_file(
            drug_file("D"), visit_file("B", ("G0089", "20250420")), visit_file("C", ("G0068", "20250308"))
        ),
        visit_file("E", ("G0070", "20250301"), ("G0088", "20250601")),
    ]
    in_turn: dict[str, ClaimDecision] = {}
    for number, text in enumerate(texts):
        in_turn |= decide(ledger_address, tmp_path / str(number), text)
    together = decide(new_ledger(), tmp_path / "all", *texts)
    assert {name: found.state for name, found in together.items()} == {
        "A": "paid", "D": "unanswered", "B": "denied", "C": "denied", "E": "paid"
    }  # fmt: skip
    for name in ("B", "C", "D", "E"):
        assert in_turn[name] == together[name], name


def test_the_same_file_gets_the_same_answers_again(ledger_address: str, tmp_path: Path) -> None:
    texts = [
        visit_file("A", ("G0088", "20250301")),
        one_file(drug_file("D"), visit_file("B", ("G0068", "20250301"))),
    ]
    run(ledger_address, tmp_path / "1", *texts, tables=FEES)
    before = content(ledger_address)
    run(ledger_address, tmp_path / "2", *texts, settings=ALL, tables=FEES)
    assert content(ledger_address) == before
    for path in sorted((tmp_path / "1" / "out").glob("*.835")):
        assert (tmp_path / "2" / "out" / path.name).read_bytes() == path.read_bytes()
    again = (tmp_path / "2" / "out" / "decisions.ndjson").read_bytes()
    assert again == (tmp_path / "1" / "out" / "decisions.ndjson").read_bytes()


def test_so_it_does_where_it_is_given_twice_in_a_run(ledger_address: str, tmp_path: Path) -> None:
    text = visit_file("A", ("G0088", "20250301"))
    run(ledger_address, tmp_path, text, text)
    once, twice = (tmp_path / "out" / f"f{number}.835" for number in range(2))
    assert once.read_bytes() == twice.read_bytes()
    assert [row["state"] for row in rows(ledger_address, "claim")] == ["paid"]


def test_both_databases_give_the_same_bytes_and_hold_the_same(
    request: pytest.FixtureRequest, sqlite_ledger: str, tmp_path: Path
) -> None:
    other = request.getfixturevalue("postgresql").database()
    init_ledger(other)
    texts = [
        visit_file("A", ("G0088", "20250301")),
        visit_file("B", ("G0088", "20250401"), ("G0068", "20250402")),
    ]
    for name, address in (("s", sqlite_ledger), ("p", other)):
        load_rows(address, tmp_path, "deductible", deductible("200.00"))
        run(address, tmp_path / name, *texts)
    assert content(sqlite_ledger) == content(other)
    for path in (path for path in (tmp_path / "s" / "out").iterdir() if path.suffix != ".html"):
        assert (tmp_path / "p" / "out" / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_claim_without_its_table_is_asked_about_again(ledger_address: str, tmp_path: Path) -> None:
    text = visit_file("A", ("G0068", "20260301")).replace("*20251231*", "*20260401*")
    first = decide(ledger_address, tmp_path / "1", text, as_of=date(2026, 8, 1))
    assert (first["A"].state, first["A"].missing_table) == ("unanswered", "hit_gaf")
    factor = {"calendar_year": "2026", "mac": "10112", "locality_number": "00", "state": "AL", "gaf": "0.9"}
    load_rows(ledger_address, tmp_path, "locality_factor", factor)
    rate = {"calendar_year": "2026", "hcpcs": "G0068", "national_amount": "200.00"}
    load_rows(ledger_address, tmp_path, "fee_schedule", rate)
    second = decide(ledger_address, tmp_path / "2", text, as_of=date(2026, 8, 1))
    assert (second["A"].state, second["A"].allowed) == ("paid", Decimal("180.00"))
    assert [row["state"] for row in rows(ledger_address, "claim")] == ["paid"]


def deductible(met: str, known_on: str = "2025-01-01") -> dict[str, str]:
    return {"member_id": MEMBER, "calendar_year": "2025", "met": met, "known_on": known_on}


def taken(decision: ClaimDecision) -> list[Decimal]:
    return [one.amount for one in decision.lines[0].adjustments if (one.group, one.carc) == ("PR", "1")]


def test_the_deductible_is_used_up_over_runs(ledger_address: str, tmp_path: Path) -> None:
    load_rows(ledger_address, tmp_path, "deductible", deductible("50.00"))
    found = [
        taken(decide(ledger_address, tmp_path / day, visit_file(day, ("G0068", day)))[day])
        for day in ("20250301", "20250302", "20250303")
    ]
    assert found == [[Decimal("178.11")], [Decimal("28.89")], []]
    assert sum(row["deductible"] for row in rows(ledger_address, "claim_line")) == Decimal("207.00")


def test_a_later_figure_of_the_deductible_counts_alone(ledger_address: str, tmp_path: Path) -> None:
    load_rows(ledger_address, tmp_path, "deductible", deductible("0.00"))
    decide(ledger_address, tmp_path / "1", visit_file("A", ("G0068", "20250301")))
    load_rows(ledger_address, tmp_path, "deductible", deductible("250.00", known_on="2025-08-02"))
    found = decide(
        ledger_address, tmp_path / "2", visit_file("B", ("G0068", "20250401")), as_of=date(2025, 8, 2)
    )
    assert taken(found["B"]) == [Decimal("7.00")]


def test_control_numbers_go_on_from_run_to_run(ledger_address: str, tmp_path: Path) -> None:
    texts = {name: visit_file(name, ("G0068", f"2025030{day}")) for day, name in enumerate("ABC", 1)}
    for name, text in texts.items():
        run(ledger_address, tmp_path / name, text)
    run(ledger_address, tmp_path / "again", texts["B"])
    numbers = {
        name: (tmp_path / name / "out" / "f0.835").read_text().split("*")[13] for name in (*texts, "again")
    }
    assert numbers == {"A": "000000001", "B": "000000002", "C": "000000003", "again": "000000002"}
    sent = rows(ledger_address, "sent_set")
    assert [(row["payer"], row["payee"], row["claims"], row["total"]) for row in sent] == [
        ("10112", "1234567893", 1, Decimal("139.64"))
    ] * 3
    claims = [row["claim"] for row in rows(ledger_address, "claim")]
    assert [row["claim"] for row in rows(ledger_address, "sent_claim")] == claims


def test_payer_claim_numbers_are_never_given_twice(ledger_address: str, tmp_path: Path) -> None:
    texts = [visit_file("A", ("G0068", "20250301")), visit_file("B", ("G0068", "20250302"))]
    for text in texts:
        run(ledger_address, tmp_path / text[:1], text)
    run(ledger_address, tmp_path / "both", *texts)
    written = "".join(path.read_text() for path in sorted((tmp_path / "both" / "out").glob("*.835")))
    assert written.count("*MB*SIM000001000000001*") == 1
    assert written.count("*MB*SIM000002000000001*") == 1


def test_the_first_receipt_of_a_file_counts(ledger_address: str, tmp_path: Path) -> None:
    text = visit_file("A", ("G0068", "20250301"))
    for name, day in (("1", 5), ("2", 9)):
        run(ledger_address, tmp_path / name, text, received_on=date(2025, 3, day))
    assert "DTM*050*20250305~" in (tmp_path / "2" / "out" / "f0.835").read_text()


def test_a_claim_of_nobody_is_kept_and_counts_for_nobody(ledger_address: str, tmp_path: Path) -> None:
    for name in ("A", "B"):
        text = visit_file(name, ("G0068", "20250301"), member="UNKNOWN")
        assert answer(decide(ledger_address, tmp_path / name, text)[name], "HIT-DUP") == "met"
    assert {row["person"] for row in rows(ledger_address, "claim_line")} == {""}


def test_results_of_a_finished_run_are_not_overwritten_unasked(ledger_address: str, tmp_path: Path) -> None:
    text = visit_file("A", ("G0068", "20250301"))
    run(ledger_address, tmp_path / "1", text, force=False)
    with pytest.raises(ConfigError, match="--force"):
        run(ledger_address, tmp_path / "1", text, force=False)
    assert {row["finished"] for row in rows(ledger_address, "input_file")} == {True}


def test_a_control_number_used_again_in_another_file_is_told(ledger_address: str, tmp_path: Path) -> None:
    texts = [visit_file(name, ("G0068", day)) for name, day in (("A", "20250301"), ("B", "20250302"))]
    told = [run(ledger_address, tmp_path / str(n), text) for n, text in enumerate((*texts, texts[0]))]
    findings = [[finding.rule for finding in result.files[0].findings] for result in told]
    assert findings == [[], ["LEDGER-ISA13"], ["LEDGER-ISA13"]]
    assert [result.files[0].summary.warnings for result in told] == [0, 1, 1]
    assert decisions(tmp_path / "1")["B"].state == "paid"


def test_another_sender_may_use_the_number_too(sqlite_ledger: str, tmp_path: Path) -> None:
    run(sqlite_ledger, tmp_path / "1", visit_file("A", ("G0068", "20250301")))
    other = visit_file("B", ("G0068", "20250302")).replace("*ZZ*RIVERBEND1     *", "*ZZ*OTHERSENDER    *")
    assert run(sqlite_ledger, tmp_path / "2", other).files[0].findings == ()
