"""Other visits: duplicates, visits of one day, and the 60 days around an initial visit."""

from datetime import date, timedelta

import pytest
from hit_claims import (
    OTHER_SUPPLIER,
    SUPPLIER,
    VISIT_DAY,
    claim,
    codes,
    decide,
    drugs_of,
    earlier,
    facts,
    failed,
    paid,
    said,
    unknowns,
    visit,
)

from edi_hit.benefits.decision import State
from edi_hit.benefits.facts import Outcome, VisitFact
from edi_hit.claims.claim import ServiceLine

ALL_DRUGS = drugs_of(date(2025, 2, 20), 1, 2, 3)
PAID = {"G0068": "139.64", "G0069": "188.67", "G0070": "234.72", "G0089": "229.46"}


def high(code: str, **fields: object) -> ServiceLine:
    return visit(code, charge="500", **fields)


@pytest.mark.parametrize(
    ("fact", "causes", "unknown"),
    [
        (earlier("G0068", VISIT_DAY, supplier=SUPPLIER), ["HIT-DUP"], []),
        (earlier("G0068", VISIT_DAY, supplier=OTHER_SUPPLIER), ["HIT-DAY-ONE"], []),
        (earlier("G0088", VISIT_DAY, supplier=SUPPLIER), ["HIT-DAY-ONE"], []),
        (earlier("G0069", VISIT_DAY, supplier=SUPPLIER), ["HIT-DAY-HIGH-P"], []),
        (earlier("G0070", VISIT_DAY), ["HIT-DAY-HIGH-P"], []),
        (earlier("G0068", VISIT_DAY - timedelta(days=1), supplier=SUPPLIER), [], []),
        (earlier("G0068", VISIT_DAY, Outcome.DENIED, SUPPLIER), [], []),
        (earlier("G0068", VISIT_DAY, Outcome.UNANSWERED, SUPPLIER), [], ["HIT-DUP", "HIT-DAY-ONE"]),
        (earlier("G0069", VISIT_DAY, Outcome.UNANSWERED), [], ["HIT-DAY-HIGH-P"]),
    ],
)
@pytest.mark.parametrize("complete", [True, False])
def test_a_visit_of_the_day_on_another_claim(
    fact: VisitFact, causes: list[str], unknown: list[str], complete: bool
) -> None:
    decision = decide(known=facts(fact, complete=complete))
    assert (failed(decision), unknowns(decision)) == (causes, unknown)
    assert decision.state is (State.DENIED if causes else State.PAID)


def test_an_exact_duplicate_is_denied_under_group_oa() -> None:
    decision = decide(known=facts(earlier("G0068", VISIT_DAY, supplier=SUPPLIER)))
    assert codes(decision.lines[0]) == ["OA 18 250.00"]


def test_two_lines_of_one_category_and_day_are_paid_once() -> None:
    decision = decide(claim(visit(), visit()))
    assert paid(decision) == ["139.64", "0.00"]
    assert (failed(decision, 2), codes(decision.lines[1])) == (["HIT-DAY-ONE"], ["CO 97 250.00"])
    assert decision.state is State.PAID


@pytest.mark.parametrize(
    ("first", "second", "winner"),
    [("G0068", "G0070", 2), ("G0070", "G0068", 1), ("G0069", "G0070", 2), ("G0069", "G0068", 1)],
)
def test_of_different_categories_the_highest_is_paid(first: str, second: str, winner: int) -> None:
    decision = decide(claim(high(first), high(second)), facts(drugs=ALL_DRUGS))
    loser = 3 - winner
    assert (failed(decision, winner), failed(decision, loser)) == ([], ["HIT-DAY-HIGH-P"])
    assert codes(decision.lines[loser - 1]) == ["CO 97 500.00"]


def test_highest_means_the_allowed_amount_not_the_fee() -> None:
    decision = decide(claim(visit("G0070", charge="100"), visit("G0068")), facts(drugs=ALL_DRUGS))
    assert paid(decision) == ["0.00", "139.64"]


def test_equal_amounts_go_by_the_order_of_the_lines() -> None:
    lines = visit("G0070", charge="100"), visit("G0068", charge="100")
    for first, second in (lines, lines[::-1]):
        decision = decide(claim(first, second), facts(drugs=ALL_DRUGS))
        assert paid(decision) == ["78.40", "0.00"]


def test_a_denied_line_does_not_keep_the_day_from_the_next_one() -> None:
    decision = decide(claim(high("G0070"), visit("G0068")))
    assert (failed(decision, 1), paid(decision)) == (["HIT-DRUG-30", "HIT-DRUG-CAT"], ["0.00", "139.64"])


def test_each_category_is_paid_where_the_setting_says_so() -> None:
    decision = decide(
        claim(high("G0068"), high("G0070"), high("G0070")),
        facts(drugs=ALL_DRUGS),
        same_day_categories="per_category",
    )
    assert paid(decision) == [PAID["G0068"], PAID["G0070"], "0.00"]
    assert failed(decision, 3) == ["HIT-DAY-ONE"]


def test_a_day_with_different_categories_is_returned_where_the_setting_says_so() -> None:
    billed = claim(high("G0068"), high("G0070"))
    decision = decide(billed, facts(drugs=ALL_DRUGS), same_day_categories="return")
    assert (decision.state, decision.paid) == (State.RETURNED, None)
    assert "CO 16, MA130" in (decision.reason or "")
    assert {failed(decision, 1)[0], failed(decision, 2)[0]} == {"HIT-DAY-HIGH-P"}


@pytest.mark.parametrize("setting", ["highest", "per_category", "return"])
def test_the_setting_leaves_other_days_and_one_category_alone(setting: str) -> None:
    next_day = VISIT_DAY + timedelta(days=1)
    decision = decide(
        claim(visit(), visit("G0069", on=next_day, charge="500")),
        facts(drugs=ALL_DRUGS),
        same_day_categories=setting,
    )
    assert paid(decision) == [PAID["G0068"], PAID["G0069"]]


@pytest.mark.parametrize(
    ("setting", "state"),
    [("highest", State.DENIED), ("per_category", State.PAID), ("return", State.RETURNED)],
)
def test_another_category_paid_on_another_claim(setting: str, state: State) -> None:
    decision = decide(known=facts(earlier("G0069", VISIT_DAY)), same_day_categories=setting)
    assert decision.state is state


def test_a_day_that_is_paid_on_another_claim_stays_paid() -> None:
    """The earlier payment is not taken back, so a higher visit of the day finds it paid."""
    decision = decide(claim(high("G0070")), facts(earlier("G0068", VISIT_DAY), drugs=ALL_DRUGS))
    assert failed(decision) == ["HIT-DAY-HIGH-P"]


@pytest.mark.parametrize("prior", ["G0068", "G0069", "G0070", "G0088", "G0089", "G0090"])
@pytest.mark.parametrize(("days", "state"), [(1, State.DENIED), (60, State.DENIED), (61, State.PAID)])
def test_an_initial_visit_needs_sixty_clear_days(prior: str, days: int, state: State) -> None:
    decision = decide(claim(visit("G0088")), facts(earlier(prior, VISIT_DAY - timedelta(days=days))))
    assert decision.state is state
    if state is State.DENIED:
        assert (failed(decision), codes(decision.lines[0])) == (["HIT-INIT-60"], ["CO 119 250.00"])
        assert decision.lines[0].remarks == ("N640",)


def test_the_dates_of_the_manual() -> None:
    for day, state in ((date(2025, 3, 2), State.DENIED), (date(2025, 3, 3), State.PAID)):
        decision = decide(claim(visit("G0088", on=day)), facts(earlier("G0070", date(2025, 1, 1))))
        assert decision.state is state


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcome.PAID, State.DENIED), (Outcome.UNANSWERED, State.DENIED), (Outcome.DENIED, State.PAID)],
)
def test_only_visits_that_are_not_denied_break_the_gap(outcome: Outcome, state: State) -> None:
    decision = decide(claim(visit("G0088")), facts(earlier("G0068", date(2025, 2, 1), outcome)))
    assert decision.state is state


def test_a_gap_is_met_only_by_a_complete_history() -> None:
    known = said(decide(claim(visit("G0088"))))
    assert (known["HIT-INIT-60"], known["HIT-INIT-DUP"]) == ("met", "met")
    partial = decide(claim(visit("G0088")), facts(complete=False))
    assert (partial.state, unknowns(partial)) == (State.PAID, ["HIT-INIT-60", "HIT-INIT-DUP"])


def test_the_gap_is_measured_within_a_claim_too() -> None:
    first = visit("G0088", on=date(2025, 2, 25))
    decision = decide(claim(visit("G0088"), first))
    assert (failed(decision, 1), failed(decision, 2)) == (["HIT-INIT-60"], [])


def test_a_subsequent_visit_needs_no_initial_one_and_no_gap() -> None:
    decision = decide(known=facts(earlier("G0068", VISIT_DAY - timedelta(days=1))))
    assert decision.state is State.PAID
    assert (said(decision)["HIT-INIT-60"], said(decision)["HIT-INIT-DUP"]) == ("not applicable",) * 2


@pytest.mark.parametrize(
    ("days", "outcome", "causes", "unknown"),
    [
        (60, Outcome.PAID, ["HIT-INIT-DUP"], []),
        (61, Outcome.PAID, [], []),
        (1, Outcome.UNANSWERED, [], ["HIT-INIT-DUP"]),
        (1, Outcome.DENIED, [], []),
    ],
)
def test_a_later_initial_visit_that_is_already_paid(
    days: int, outcome: Outcome, causes: list[str], unknown: list[str]
) -> None:
    later = earlier("G0089", VISIT_DAY + timedelta(days=days), outcome)
    decision = decide(claim(visit("G0088")), facts(later))
    assert (failed(decision), unknowns(decision)) == (causes, unknown)
    if causes:
        assert codes(decision.lines[0]) == ["CO 119 250.00"]


def test_a_later_subsequent_visit_does_not_touch_an_initial_one() -> None:
    decision = decide(claim(visit("G0088")), facts(earlier("G0068", VISIT_DAY + timedelta(days=2))))
    assert decision.state is State.PAID


def test_two_initial_visits_of_one_day_are_paid_once_even_per_category() -> None:
    decision = decide(
        claim(high("G0088"), high("G0089")), facts(drugs=ALL_DRUGS), same_day_categories="per_category"
    )
    assert paid(decision) == ["0.00", PAID["G0089"]]
    assert failed(decision, 1) == ["HIT-INIT-DUP"]
