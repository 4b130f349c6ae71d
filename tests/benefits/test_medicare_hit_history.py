"""Other visits: duplicates, visits of one day, and the 60 days around an initial visit."""

from datetime import date, timedelta

import pytest
from hit_claims import (
    OF_SPANS,
    OTHER_SUPPLIER,
    SUPPLIER,
    VISIT_DAY,
    claim,
    codes,
    decide,
    details,
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
from edi_hit.benefits.facts import Outcome, VisitFact, supplier_key
from edi_hit.claims.claim import BillingProvider, ServiceLine
from edi_hit.mapping.parts import Party

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
    assert (failed(decision), unknowns(decision, but=OF_SPANS)) == (causes, unknown)
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


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize(("outcome", "answer"), [(Outcome.PAID, "not met"), (Outcome.UNANSWERED, "unknown")])
@pytest.mark.parametrize(("days", "within"), [(1, True), (60, True), (61, False), (-1, False)])
def test_what_a_visit_in_the_gap_leads_to(
    outcome: Outcome, answer: str, days: int, within: bool, complete: bool
) -> None:
    other = earlier("G0068", VISIT_DAY - timedelta(days=days), outcome)
    decision = decide(claim(visit("G0088")), facts(other, complete=complete))
    otherwise = "met" if complete else "unknown"
    assert said(decision)["HIT-INIT-60"] == (answer if within else otherwise)


def test_a_denied_visit_does_not_break_the_gap() -> None:
    decision = decide(claim(visit("G0088")), facts(earlier("G0068", date(2025, 2, 1), Outcome.DENIED)))
    assert (decision.state, said(decision)["HIT-INIT-60"]) == (State.PAID, "met")


def test_a_paid_visit_breaks_the_gap_whatever_else_waits() -> None:
    waiting = earlier("G0068", date(2025, 2, 20), Outcome.UNANSWERED)
    settled = earlier("G0068", date(2025, 1, 20))
    for visits in ((waiting, settled), (settled, waiting)):
        decision = decide(claim(visit("G0088")), facts(*visits))
        assert details(decision)["HIT-INIT-60"] == (
            "a visit within the gap of 60 days: G0068 on 2025-01-20, already paid"
        )


@pytest.mark.parametrize(
    ("setting", "state"), [("assume", State.PAID), ("pend", State.PENDED), ("deny", State.DENIED)]
)
def test_a_visit_that_waits_in_the_gap_under_each_setting(setting: str, state: State) -> None:
    waiting = earlier("G0068", date(2025, 2, 1), Outcome.UNANSWERED)
    decision = decide(claim(visit("G0088")), facts(waiting), unknown=setting)
    assert (decision.state, unknowns(decision)[0]) == (state, "HIT-INIT-60")


def test_a_transitional_visit_that_waits_is_in_the_gap_too() -> None:
    day = date(2021, 1, 20)
    known = facts(earlier("G0068", date(2020, 12, 15), Outcome.UNANSWERED), drugs=drugs_of(day))
    assert unknowns(decide(claim(visit("G0088", on=day)), known)) == ["HIT-INIT-60", "HIT-INIT-DISCH"]


@pytest.mark.parametrize("code", ["G0068", "G0069", "G0088", "G0089"])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_later_visits_do_not_matter_to_a_rule_that_looks_back(code: str, outcome: Outcome) -> None:
    later = [earlier(code, VISIT_DAY + timedelta(days=days), outcome, SUPPLIER) for days in (1, 30)]
    for billed in ("G0068", "G0088"):
        known = said(decide(claim(visit(billed)), facts(*later)))
        rules = [known[rule] for rule in ("HIT-DUP", "HIT-DAY-ONE", "HIT-DAY-HIGH-P", "HIT-INIT-60")]
        assert rules == ["met", "met", "met", "met" if billed == "G0088" else "not applicable"]


@pytest.mark.parametrize("complete", [True, False])
def test_an_initial_visit_of_the_day_that_waits(complete: bool) -> None:
    waiting = earlier("G0089", VISIT_DAY, Outcome.UNANSWERED)
    decision = decide(claim(visit("G0088")), facts(waiting, complete=complete))
    assert said(decision)["HIT-INIT-DUP"] == said(decision)["HIT-DAY-HIGH-P"] == "unknown"
    assert failed(decision) == []


NAMELESS = BillingProvider(Party(last_name="A PHARMACY"))
BY_TAX_ID = BillingProvider(Party(tax_id_qualifier="EI", tax_id="91-1144442"))


@pytest.mark.parametrize(
    ("billing_provider", "supplier", "cause"),
    [
        (NAMELESS, "", "HIT-DAY-ONE"),
        (BY_TAX_ID, "911144442", "HIT-DUP"),
        (BY_TAX_ID, OTHER_SUPPLIER, "HIT-DAY-ONE"),
    ],
)
def test_which_suppliers_are_the_same(billing_provider: BillingProvider, supplier: str, cause: str) -> None:
    known = facts(earlier("G0068", VISIT_DAY, supplier=supplier))
    assert failed(decide(claim(billing_provider=billing_provider), known)) == [cause]


@pytest.mark.parametrize(
    ("party", "key"),
    [
        (Party(id_qualifier="XX", id=SUPPLIER, tax_id="911144442"), SUPPLIER),
        (Party(id_qualifier="XX", tax_id="91-1144442"), "911144442"),
        (Party(id_qualifier="24", id="91-X", tax_id="911144442"), "911144442"),
        (Party(id_qualifier="24", id=" P7 "), "P7"),
        (Party(last_name="A PHARMACY"), ""),
    ],
)
def test_a_supplier_is_told_by_its_npi_then_its_tax_id_then_any_id(party: Party, key: str) -> None:
    assert supplier_key(party) == key


def test_a_gap_is_met_only_by_a_complete_history() -> None:
    known = said(decide(claim(visit("G0088"))))
    assert (known["HIT-INIT-60"], known["HIT-INIT-DUP"]) == ("met", "met")
    partial = decide(claim(visit("G0088")), facts(complete=False))
    said_unknown = unknowns(partial, but=OF_SPANS)
    assert (partial.state, said_unknown) == (State.PAID, ["HIT-INIT-60", "HIT-INIT-DISCH", "HIT-INIT-DUP"])


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
