"""What the claims of one run say of each other."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.jobs.adjudicate import adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.profiles import History, RunSettings, SameDayCategories

EXAMPLES = Path(__file__).parents[2] / "examples"
BASE = (EXAMPLES / "01-first-visit.837").read_text().replace("*20250310*0900*CH", "*20251231*0900*CH")
ALL = RunSettings(history=History.COMPLETE)


def claim(claim_id: str, *lines: tuple[str, str], member: str = "1EG4TE5MK73", **change: str) -> str:
    """A claim file of one claim with these (code, CCYYMMDD) lines."""
    head, rest = BASE.split("CLM*", 1)
    tail = rest[rest.index("SE*") :]
    charge = 300 * len(lines)
    body = f"CLM*{claim_id}*{charge}***12:B:1*Y*A*Y*Y~\nHI*ABK:I5022~\n"
    for number, (code, day) in enumerate(lines, 1):
        body += f"LX*{number}~\nSV1*HC:{code}*300*UN*4***1~\nDTP*472*D8*{day}~\nREF*6R*{claim_id}{number}~\n"
    text = head.replace("1EG4TE5MK73", member) + body + tail
    for old, new in change.items():
        text = text.replace(old, new)
    segments = text[text.index("\nST*") :].split("\nSE*")[0].count("~") + 1
    return text[: text.index("\nSE*")] + f"\nSE*{segments}*0001~" + text[text.index("\nGE*") :]


def decide(folder: Path, *texts: str, settings: RunSettings | None = None) -> dict[str, ClaimDecision]:
    for number, text in enumerate(texts):
        (folder / f"f{number}.837").write_text(text)
    out = folder / "out"
    adjudicate(
        find_inputs([str(folder / "*.837")]), out, as_of=date(2025, 8, 1), settings=settings, force=True
    )
    rows = (out / "decisions.ndjson").read_bytes().splitlines()
    return {row.claim: row for row in (msgspec.json.decode(line, type=ClaimDecision) for line in rows)}


def answer(decision: ClaimDecision, rule: str, line: int = 0) -> str:
    return next(r.answer.value for r in decision.lines[line].rules if r.id == rule)


@pytest.mark.parametrize("member", ["1EG4-TE5-MK73", "1eg4te5mk73", "1EG4 TE5 MK73"])
def test_one_person_written_in_two_ways_is_one_person(tmp_path: Path, member: str) -> None:
    first = claim("A", ("G0068", "20250305"))
    second = claim("B", ("G0068", "20250305"), member=member)
    found = decide(tmp_path, first, second)
    assert (found["A"].state, found["B"].state) == ("paid", "denied")


@pytest.mark.parametrize("member", ["UNKNOWN", "999999999", "NA1"])
def test_two_people_without_an_id_are_two_people(tmp_path: Path, member: str) -> None:
    texts = [claim(name, ("G0068", "20250305"), member=member) for name in ("A", "B")]
    found = decide(tmp_path, *texts)
    assert (found["A"].state, found["B"].state) == ("paid", "paid")


def test_two_people_without_an_id_have_no_complete_history(tmp_path: Path) -> None:
    found = decide(tmp_path, claim("A", ("G0088", "20250305"), member="UNKNOWN"), settings=ALL)
    assert answer(found["A"], "HIT-INIT-60") == "unknown"


def test_a_visit_that_could_not_be_priced_still_counts_as_a_visit(tmp_path: Path) -> None:
    away = claim("A", ("G0068", "20250301")).replace("BIRMINGHAM*AL*352030011", "OAKLAND*CA*946120001")
    found = decide(tmp_path, away, claim("B", ("G0088", "20250320")))
    assert found["A"].state == "unanswered"
    assert answer(found["B"], "HIT-INIT-60") == "unknown"


def test_a_visit_between_two_visits_of_one_claim_is_not_overlooked(tmp_path: Path) -> None:
    wide = claim("A", ("G0068", "20250201"), ("G0088", "20250501"))
    found = decide(tmp_path, wide, claim("B", ("G0068", "20250415")), settings=ALL)
    assert answer(found["A"], "HIT-INIT-60", 1) != "met"


@pytest.mark.parametrize("order", [("A", "B"), ("B", "A")])
def test_of_two_categories_on_one_day_the_higher_is_paid_whatever_the_order(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    texts = {"A": claim("A", ("G0068", "20250305")), "B": claim("B", ("G0070", "20250305"))}
    found = decide(tmp_path, *(texts[name] for name in order))
    assert (found["A"].state, found["B"].state) == ("denied", "paid")


def test_both_are_paid_where_the_setting_says_so(tmp_path: Path) -> None:
    settings = RunSettings(same_day_categories=SameDayCategories.PER_CATEGORY)
    texts = [claim("A", ("G0068", "20250305")), claim("B", ("G0070", "20250305"))]
    assert {d.state.value for d in decide(tmp_path, *texts, settings=settings).values()} == {"paid"}


def test_claims_are_decided_by_service_date_not_as_they_came(tmp_path: Path) -> None:
    later, earlier = claim("A", ("G0088", "20250420")), claim("B", ("G0068", "20250401"))
    found = decide(tmp_path, later, earlier)
    assert (found["A"].state, found["B"].state) == ("denied", "paid")


def drug_claim(claim_id: str, frequency: str = "1") -> str:
    text = claim(claim_id, ("J1250", "20250301"))
    return text.replace("*PI*10112~", "*PI*18003~").replace("12:B:1", f"12:B:{frequency}")


def test_a_drug_claim_of_the_run_is_seen(tmp_path: Path) -> None:
    found = decide(tmp_path, claim("A", ("G0068", "20250305")), drug_claim("D"), settings=ALL)
    assert answer(found["A"], "HIT-DRUG-30") == "unknown"
    assert found["A"].state == "paid"


def test_a_voided_drug_claim_bills_nothing(tmp_path: Path) -> None:
    found = decide(tmp_path, claim("A", ("G0068", "20250305")), drug_claim("D", "8"), settings=ALL)
    assert answer(found["A"], "HIT-DRUG-30") == "not met"


def test_a_drug_billed_to_a_part_b_contractor_is_no_dme_drug(tmp_path: Path) -> None:
    text = drug_claim("D").replace("*PI*18003~", "*PI*10112~")
    found = decide(tmp_path, claim("A", ("G0068", "20250305")), text, settings=ALL)
    assert answer(found["A"], "HIT-DRUG-30") == "not met"
