"""Routing, code, shape and drug rules of one line, on both sides of each boundary."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hit_claims import (
    TABLES,
    VISIT_DAY,
    claim,
    codes,
    decide,
    details,
    drug,
    drugs_of,
    facts,
    failed,
    paid,
    said,
    subscriber,
    unknowns,
    visit,
)

from edi_hit.benefits.decision import State
from edi_hit.benefits.facts import DrugFact, Outcome
from edi_hit.claims.claim import Claim
from edi_hit.mapping.parts import Period
from edi_hit.reference import Tables
from edi_hit.rules import Answer

DENIED = Outcome.DENIED
UNANSWERED = Outcome.UNANSWERED


def test_the_ordinary_visit_is_paid() -> None:
    decision = decide()
    assert (decision.state, decision.status) == (State.PAID, "1")
    assert codes(decision.lines[0]) == ["CO 45 71.89", "PR 2 35.62", "CO 253 2.85"]
    assert (str(decision.allowed), str(decision.paid)) == ("178.11", "139.64")
    assert str(decision.patient_responsibility) == "35.62"
    assert set(said(decision).values()) == {Answer.MET, Answer.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("billed", "rule", "adjustment", "remarks"),
    [
        (claim(subscriber=subscriber("18003")), "HIT-MAC-B", "CO 109 250.00", ("N104",)),
        (claim(visit("G0088", on=date(2020, 12, 31))), "HIT-CODE-DATE", "CO 181 250.00", ()),
        (claim(visit(on=date(2018, 12, 31))), "HIT-CODE-BEFORE", "CO 181 250.00", ()),
        (claim(place_of_service="21"), "HIT-POS", "CO 5 250.00", ("M77",)),
    ],
)
def test_denials_bear_the_codes_of_their_rule(
    billed: Claim, rule: str, adjustment: str, remarks: tuple[str, ...]
) -> None:
    decision = decide(billed)
    line = decision.lines[0]
    assert (decision.state, failed(decision)[-1]) == (State.DENIED, rule)
    assert (codes(line), line.remarks) == ([adjustment], remarks)
    assert (str(line.allowed), str(line.paid)) == ("0.00", "0.00")
    assert (str(decision.paid), decision.status) == ("0.00", "1")


def test_rules_after_a_denial_are_not_reached() -> None:
    answers = list(said(decide(claim(frequency="1", subscriber=subscriber("18003")))).items())
    place = [rule for rule, _ in answers].index("HIT-MAC-B")
    assert {answer for _, answer in answers[place + 1 :]} == {Answer.NOT_REACHED}
    assert Answer.NOT_REACHED not in {answer for _, answer in answers[:place]}


def test_initial_code_is_valid_from_2021_on() -> None:
    decision = decide(claim(visit("G0088", on=date(2021, 1, 1))), facts(drugs=drugs_of(date(2021, 1, 1))))
    assert (decision.state, failed(decision)) == (State.PAID, [])


def test_a_transitional_line_among_permanent_ones_leaves_the_claim_unanswered() -> None:
    decision = decide(claim(visit(on=date(2021, 1, 1)), visit(on=date(2020, 12, 31))))
    assert (decision.state, failed(decision, 2)) == (State.UNANSWERED, ["HIT-CODE-TRANS"])
    assert (decision.reason or "").startswith("line 2 does not satisfy HIT-CODE-TRANS")
    assert decision.paid is None


def test_a_payer_id_that_no_table_knows_is_unknown() -> None:
    decision = decide(claim(subscriber=subscriber("SOMEMAC")))
    assert (decision.state, unknowns(decision)) == (State.PAID, ["HIT-MAC-B"])


def test_codes_past_the_checked_date_are_unknown() -> None:
    past = TABLES.checked_through("hit_gcodes") + timedelta(days=1)
    assert "HIT-CODE-DATE" in unknowns(decide(claim(visit(on=past))))


@pytest.mark.parametrize(
    ("place", "state"),
    [
        *((home, State.PAID) for home in ("04", "12", "13", "14", "32", "33", "54", "55", "56")),
        *((elsewhere, State.DENIED) for elsewhere in ("11", "19", "21", "22", "23", "31")),
    ],
)
def test_place_of_service(place: str, state: State) -> None:
    decision = decide(claim(place_of_service=place))
    assert (decision.state, unknowns(decision)) == (state, [])


@pytest.mark.parametrize("place", ["51", "61", "49", "99", "1", ""])
@pytest.mark.parametrize(
    ("setting", "state"), [("assume", State.PAID), ("pend", State.PENDED), ("deny", State.DENIED)]
)
def test_a_place_no_source_tells_of_is_unknown(place: str, setting: str, state: State) -> None:
    decision = decide(claim(place_of_service=place), unknown=setting)
    assert (decision.state, unknowns(decision)) == (state, ["HIT-POS"])


def test_a_home_says_how_sure_that_is() -> None:
    assert (
        details(decide())["HIT-POS"]
        == "place of service 12: home (list verified for Q2052; taken over for HIT)"
    )


def test_the_place_of_the_line_comes_before_that_of_the_claim() -> None:
    assert decide(claim(visit(place_of_service="12"), place_of_service="21")).state is State.PAID
    assert decide(claim(visit(place_of_service="21"), place_of_service="12")).state is State.DENIED


@pytest.mark.parametrize(
    ("units", "state"),
    [
        *((units, State.RETURNED) for units in (None, "0", "0.5", "0.99", "1.5")),
        *((units, State.PAID) for units in ("1", "1.0", "8")),
    ],
)
def test_units(units: str | None, state: State) -> None:
    decision = decide(claim(visit(units=Decimal(units) if units else None)))
    assert decision.state is state
    if state is State.PAID:
        assert paid(decision) == ["139.64"]
    else:
        assert (failed(decision), decision.lines[0].remarks) == (["HIT-UNITS-MIN"], ("M53",))
        assert (decision.lines[0].paid, decision.lines[0].adjustments) == (None, ())


@pytest.mark.parametrize(
    ("minutes", "counted", "information"),
    [
        ("60", "60 minutes", "60 minutes, 4 units of 15 minutes, are information; one daily amount is paid"),
        (
            "20",
            "20 minutes",
            "20 minutes, 1 unit of 15 minutes and 5 minutes, are information; one daily amount is paid",
        ),
        ("1", "1 minute", "one daily amount"),
    ],
)
def test_minutes_are_not_units(minutes: str, counted: str, information: str) -> None:
    decision = decide(claim(visit(units=Decimal(minutes), unit_basis="MJ")))
    assert paid(decision) == ["139.64"]
    told = details(decision)
    assert (told["HIT-UNITS-MIN"], told["HIT-UNITS"]) == (counted, information)


@pytest.mark.parametrize("minutes", ["0", "0.5", "7.5"])
def test_minutes_are_whole(minutes: str) -> None:
    decision = decide(claim(visit(units=Decimal(minutes), unit_basis="MJ")))
    assert (decision.state, failed(decision)) == (State.RETURNED, ["HIT-UNITS-MIN"])
    assert details(decision)["HIT-UNITS-MIN"] == f"{minutes} minutes"


def test_units_are_of_fifteen_minutes() -> None:
    decision = decide(claim(visit(units=Decimal("10.0"))))
    assert (
        details(decision)["HIT-UNITS"] == "10 units of 15 minutes are information; one daily amount is paid"
    )


def test_a_line_of_several_days_is_returned_with_its_claim() -> None:
    span = visit(service_dates=Period(VISIT_DAY, VISIT_DAY + timedelta(days=1)))
    decision = decide(claim(visit(on=date(2025, 3, 1)), span))
    assert (decision.state, failed(decision, 2)) == (State.RETURNED, ["HIT-LIDOS"])
    assert "CO 16, M52" in (decision.reason or "")
    assert [line.paid for line in decision.lines] == [None, None]
    assert said(decision, 2)["HIT-POS"] == "not reached"


@pytest.mark.parametrize("frequency", ["7", "8", ""])
def test_only_original_claims(frequency: str) -> None:
    decision = decide(claim(frequency=frequency))
    assert (decision.state, failed(decision)) == (State.REJECTED, ["HIT-FREQ"])
    assert decision.paid is None


@pytest.mark.parametrize(
    ("days", "state"), [(-1, State.DENIED), (0, State.PAID), (30, State.PAID), (31, State.DENIED)]
)
def test_the_drug_window(days: int, state: State) -> None:
    decision = decide(known=facts(drugs=drugs_of(VISIT_DAY - timedelta(days=days))))
    assert decision.state is state
    if state is State.DENIED:
        assert (failed(decision), codes(decision.lines[0])) == (["HIT-DRUG-30"], ["CO 16 250.00"])
        assert decision.lines[0].remarks == ("N657",)


DAY = date(2025, 2, 20)
OLD = date(2024, 10, 15)


@pytest.mark.parametrize(
    ("code", "drugs", "complete", "answer", "cause", "adjustment"),
    [
        ("G0068", (drug(outcome=UNANSWERED),), True, "unknown", None, None),
        ("G0068", (drug(outcome=UNANSWERED),), False, "unknown", None, None),
        ("G0068", (drug(outcome=DENIED),), True, "not met", "HIT-DRUG-PAID", "CO 107"),
        ("G0068", (drug(outcome=DENIED),), False, "not met", "HIT-DRUG-PAID", "CO 107"),
        ("G0068", (drug(outcome=DENIED), drug()), True, "met", None, None),
        ("G0068", (drug(outcome=DENIED), drug(outcome=UNANSWERED)), True, "unknown", None, None),
        ("G0068", (), True, "not met", "HIT-DRUG-30", "CO 16"),
        ("G0068", (), False, "unknown", None, None),
        ("G0070", (drug(),), True, "not met", "HIT-DRUG-CAT", "CO 16"),
        ("G0070", (drug(),), False, "unknown", None, None),
        ("G0070", (drug(code="J9190"),), True, "met", None, None),
        ("G0070", (drug(), drug(code="J9190")), True, "met", None, None),
        ("G0069", (drug(DAY, "J1559", ("JB",)),), True, "met", None, None),
        ("G0069", (drug(DAY, "J1559", ("KX", "JB")),), True, "met", None, None),
        ("G0069", (drug(DAY, "J1559"),), True, "not met", "HIT-DRUG-JB", "CO 4"),
        ("G0069", (drug(DAY, "J1559"),), False, "unknown", None, None),
        ("G0068", (drug(DAY, "J1559"),), True, "not met", "HIT-DRUG-CAT", "CO 16"),
        ("G0068", (drug(DAY, "J3490"),), True, "not met", "HIT-DRUG-LIST", "CO 107"),
        ("G0070", (drug(DAY, "J0696"),), True, "not met", "HIT-DRUG-LIST", "CO 107"),
        ("G0068", (drug(DAY, "J0696"),), True, "unknown", None, None),
        ("G0068", (drug(DAY, "J0696", outcome=DENIED),), True, "not met", "HIT-DRUG-LIST", "CO 107"),
        ("G0068", (drug(DAY, "J7799"),), True, "unknown", None, None),
        ("G0068", (drug(DAY, "J7999"),), True, "unknown", None, None),
        ("G0068", (drug(DAY, "J7799", outcome=DENIED),), True, "not met", "HIT-DRUG-PAID", "CO 107"),
        ("G0069", (drug(DAY, "J7799", ("JB",)),), True, "met", None, None),
        ("G0070", (drug(DAY, "J9200"),), True, "unknown", None, None),
        ("G0070", (drug(DAY, "J9200", outcome=DENIED),), True, "not met", "HIT-DRUG-PAID", "CO 107"),
        ("G0068", (drug(DAY, "J1171"),), True, "unknown", None, None),
    ],
)
def test_the_drug_behind_the_visit(
    code: str,
    drugs: tuple[DrugFact, ...],
    complete: bool,
    answer: str,
    cause: str | None,
    adjustment: str | None,
) -> None:
    decision = decide(claim(visit(code)), facts(drugs=drugs, complete=complete))
    assert said(decision)["HIT-DRUG-30"] == answer
    if cause is None:
        assert (decision.state, failed(decision)) == (State.PAID, [])
        return
    assert failed(decision) == [rule for rule in ("HIT-DRUG-30", cause) if rule != cause] + [cause]
    assert codes(decision.lines[0]) == [f"{adjustment} 250.00"]
    assert decision.state is State.DENIED


def test_a_drug_is_judged_by_the_list_of_its_own_date() -> None:
    """J1170 left the list on 2024-09-30; a visit after that still counts a drug billed before."""
    billed = claim(visit(on=OLD))
    assert said(decide(billed, facts(drugs=(drug(date(2024, 9, 30), "J1170"),))))["HIT-DRUG-30"] == "met"
    assert said(decide(billed, facts(drugs=(drug(date(2024, 10, 1), "J1170"),))))["HIT-DRUG-30"] == "unknown"


def test_a_drug_of_the_transitional_list_counts_for_a_visit_of_2021() -> None:
    decision = decide(claim(visit(on=date(2021, 1, 10))), facts(drugs=(drug(date(2020, 12, 20), "J1250"),)))
    assert said(decision)["HIT-DRUG-30"] == "met"


def test_a_drug_past_the_checked_date_of_the_list_is_unknown_until_loaded(tmp_path: Path) -> None:
    on = TABLES.checked_through("hit_drugs") + timedelta(days=1)
    known = facts(drugs=(drug(on, "J9190"),))
    billed = claim(visit("G0070", on=on + timedelta(days=3)))
    assert said(decide(billed, known))["HIT-DRUG-30"] == "unknown"
    path = tmp_path / "hit_drugs.csv"
    path.write_text(
        "hcpcs,modifier_required,category,benefit,effective_from,effective_through\n"
        "J9190,,3,permanent,2026-01-01,\n"
    )
    assert said(decide(billed, known, Tables.with_files([path])))["HIT-DRUG-30"] == "met"


def test_an_inferred_drug_counts_only_within_the_checked_dates() -> None:
    """J1250 is on the list by inference; past the checked date nothing is known of it."""
    last = TABLES.checked_through("hit_drugs")
    for on, answer in ((last, "met"), (last + timedelta(days=1), "unknown")):
        decision = decide(claim(visit(on=on)), facts(drugs=(drug(on),)))
        assert said(decision)["HIT-DRUG-30"] == answer


def test_details_are_plain_words() -> None:
    decision = decide(known=facts(drugs=(drug(date(2025, 2, 21), outcome=UNANSWERED),)))
    told = details(decision)
    assert told["HIT-DRUG-30"] == "drug J1250 billed 2025-02-21, 12 days before, not yet answered"
    assert told["HIT-PAY-GAF"] == "locality 10112-00: 192.97 x 0.923 = 178.11 (computed)"
    assert told["HIT-PAY-SEQ"] == "2% of 142.49 = 2.85"
