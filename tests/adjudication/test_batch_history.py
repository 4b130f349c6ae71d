"""What the claims of one run say of each other."""

from pathlib import Path

import pytest
from visit_files import answer, decisions, drug_file, one_file, run_texts, visit_file

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.profiles import History, RunSettings, SameDayCategories

ALL = RunSettings(history=History.COMPLETE)


def decide(folder: Path, *texts: str, settings: RunSettings | None = None) -> dict[str, ClaimDecision]:
    """Decide claims that came in together."""
    return decide_in_turn(folder, one_file(*texts), settings=settings)


def decide_in_turn(
    folder: Path, *texts: str, settings: RunSettings | None = None
) -> dict[str, ClaimDecision]:
    """Decide claims that came in one file after the other."""
    run_texts(folder, *texts, settings=settings)
    return decisions(folder)


@pytest.mark.parametrize("member", ["1EG4-TE5-MK73", "1eg4te5mk73", "1EG4 TE5 MK73"])
def test_one_person_written_in_two_ways_is_one_person(tmp_path: Path, member: str) -> None:
    first = visit_file("A", ("G0068", "20250305"))
    second = visit_file("B", ("G0068", "20250305"), member=member)
    found = decide(tmp_path, first, second)
    assert (found["A"].state, found["B"].state) == ("paid", "denied")


@pytest.mark.parametrize("member", ["UNKNOWN", "999999999", "NA1"])
def test_two_people_without_an_id_are_two_people(tmp_path: Path, member: str) -> None:
    texts = [visit_file(name, ("G0068", "20250305"), member=member) for name in ("A", "B")]
    found = decide(tmp_path, *texts)
    assert (found["A"].state, found["B"].state) == ("paid", "paid")


def test_two_people_without_an_id_have_no_complete_history(tmp_path: Path) -> None:
    found = decide(tmp_path, visit_file("A", ("G0088", "20250305"), member="UNKNOWN"), settings=ALL)
    assert answer(found["A"], "HIT-INIT-60") == "unknown"


def test_a_visit_that_could_not_be_priced_still_counts_as_a_visit(tmp_path: Path) -> None:
    away = visit_file("A", ("G0068", "20250301")).replace("BIRMINGHAM*AL*352030011", "OAKLAND*CA*946120001")
    found = decide(tmp_path, away, visit_file("B", ("G0088", "20250320")))
    assert found["A"].state == "unanswered"
    assert answer(found["B"], "HIT-INIT-60") == "unknown"


def test_a_visit_between_two_visits_of_one_claim_is_not_overlooked(tmp_path: Path) -> None:
    wide = visit_file("A", ("G0068", "20250201"), ("G0088", "20250501"))
    found = decide(tmp_path, wide, visit_file("B", ("G0068", "20250415")), settings=ALL)
    assert answer(found["A"], "HIT-INIT-60", 1) != "met"


@pytest.mark.parametrize("order", [("A", "B"), ("B", "A")])
def test_of_two_categories_on_one_day_the_higher_is_paid_whatever_the_order(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    texts = {"A": visit_file("A", ("G0068", "20250305")), "B": visit_file("B", ("G0070", "20250305"))}
    found = decide(tmp_path, *(texts[name] for name in order))
    assert (found["A"].state, found["B"].state) == ("denied", "paid")


def test_both_are_paid_where_the_setting_says_so(tmp_path: Path) -> None:
    settings = RunSettings(same_day_categories=SameDayCategories.PER_CATEGORY)
    texts = [visit_file("A", ("G0068", "20250305")), visit_file("B", ("G0070", "20250305"))]
    assert {d.state.value for d in decide(tmp_path, *texts, settings=settings).values()} == {"paid"}


def test_claims_are_decided_by_service_date_not_as_they_came(tmp_path: Path) -> None:
    later, earlier = visit_file("A", ("G0088", "20250420")), visit_file("B", ("G0068", "20250401"))
    found = decide(tmp_path, later, earlier)
    assert (found["A"].state, found["B"].state) == ("denied", "paid")


def test_of_two_files_the_claims_of_the_first_are_decided_first(tmp_path: Path) -> None:
    later, earlier = visit_file("A", ("G0088", "20250420")), visit_file("B", ("G0068", "20250401"))
    found = decide_in_turn(tmp_path, later, earlier, settings=ALL)
    assert answer(found["A"], "HIT-INIT-60") == "met"
    lower, higher = visit_file("A", ("G0068", "20250305")), visit_file("B", ("G0070", "20250305"))
    second = decide_in_turn(tmp_path, lower, higher)
    assert (second["A"].state, second["B"].state) == ("paid", "denied")


def test_a_drug_claim_of_a_later_file_is_seen(tmp_path: Path) -> None:
    found = decide_in_turn(tmp_path, visit_file("A", ("G0068", "20250305")), drug_file("D"), settings=ALL)
    assert answer(found["A"], "HIT-DRUG-30") == "unknown"


def test_a_claim_sent_back_is_no_visit(tmp_path: Path) -> None:
    returned = visit_file("A", ("G0068", "20250301")).replace("*20250301~", "*20250301-20250302~", 1)
    returned = returned.replace("DTP*472*D8*20250301-", "DTP*472*RD8*20250301-")
    found = decide_in_turn(tmp_path, returned, visit_file("B", ("G0068", "20250301")), settings=ALL)
    assert found["A"].state == "returned"
    assert answer(found["B"], "HIT-DUP") == "met"


def test_a_drug_claim_of_the_run_is_seen(tmp_path: Path) -> None:
    found = decide(tmp_path, visit_file("A", ("G0068", "20250305")), drug_file("D"), settings=ALL)
    assert answer(found["A"], "HIT-DRUG-30") == "unknown"
    assert found["A"].state == "paid"


def test_a_voided_drug_claim_bills_nothing(tmp_path: Path) -> None:
    found = decide(
        tmp_path, visit_file("A", ("G0068", "20250305")), drug_file("D", frequency="8"), settings=ALL
    )
    assert answer(found["A"], "HIT-DRUG-30") == "not met"


def test_a_drug_billed_to_a_part_b_contractor_is_no_dme_drug(tmp_path: Path) -> None:
    text = drug_file("D").replace("*PI*18003~", "*PI*10112~")
    found = decide(tmp_path, visit_file("A", ("G0068", "20250305")), text, settings=ALL)
    assert answer(found["A"], "HIT-DRUG-30") == "not met"
