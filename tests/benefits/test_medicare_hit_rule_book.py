"""The declared rules and their functions belong together, and each rule that decides something matters."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hit_claims import (
    SUPPLIER,
    TABLES,
    VISIT_DAY,
    claim,
    decide,
    drug,
    drugs_of,
    earlier,
    facts,
    subscriber,
    visit,
)

from edi_hit.benefits.decision import ClaimDecision, State
from edi_hit.benefits.facts import ClaimFacts, Outcome
from edi_hit.benefits.medicare_hit import BOOK, RuleBook, answer
from edi_hit.benefits.medicare_hit.parameters import parameters, places_of_service
from edi_hit.benefits.medicare_hit.ruling import Ruling, met
from edi_hit.claims.claim import Claim
from edi_hit.mapping.parts import Period
from edi_hit.profiles import RunSettings
from edi_hit.rules import Rule

OUTCOMES = {"deny", "return", "reject", "route", "information", "payment"}
DRUGS = drugs_of(date(2025, 2, 20), 1, 2, 3)
CASES: dict[str, tuple[Claim, ClaimFacts]] = {
    "HIT-FREQ": (claim(frequency="7"), facts()),
    "HIT-MAC-B": (claim(subscriber=subscriber("18003")), facts()),
    "HIT-CODE-DATE": (claim(visit("G0088", on=date(2020, 12, 31))), facts()),
    "HIT-CODE-BEFORE": (claim(visit(on=date(2018, 12, 31))), facts()),
    "HIT-CODE-TRANS": (
        claim(visit(on=date(2020, 12, 31)), visit("G0088", on=date(2020, 12, 31))),
        facts(drugs=drugs_of(date(2020, 12, 20))),
    ),
    "HIT-LIDOS": (claim(visit(service_dates=Period(VISIT_DAY, VISIT_DAY + timedelta(1)))), facts()),
    "HIT-UNITS-MIN": (claim(visit(units=Decimal(0))), facts()),
    "HIT-POS": (claim(place_of_service="23"), facts()),
    "HIT-DUP": (claim(), facts(earlier("G0068", VISIT_DAY, supplier=SUPPLIER))),
    "HIT-DAY-ONE": (claim(), facts(earlier("G0068", VISIT_DAY))),
    "HIT-DAY-HIGH-P": (claim(), facts(earlier("G0069", VISIT_DAY))),
    "HIT-INIT-60": (claim(visit("G0088")), facts(earlier("G0068", date(2025, 2, 1)))),
    "HIT-INIT-DUP": (claim(visit("G0088")), facts(earlier("G0088", date(2025, 4, 1)))),
    "HIT-DRUG-30": (claim(), facts(drugs=())),
    "HIT-DRUG-JB": (claim(visit("G0069")), facts(drugs=(drug(code="J1559"),))),
    "HIT-DRUG-LIST": (claim(), facts(drugs=(drug(code="J3490"),))),
    "HIT-DRUG-PAID": (claim(), facts(drugs=(drug(outcome=Outcome.DENIED),))),
    "HIT-PAY-LESSER": (claim(), facts()),
    "HIT-PAY-DED": (claim(), facts(deductible_left=Decimal(50))),
    "HIT-PAY-COINS": (claim(), facts()),
    "HIT-PAY-SEQ": (claim(), facts()),
}
WITHOUT_A_CASE = {
    "HIT-UNITS": "information: changes nothing",
    "HIT-DRUG-CAT": "its codes are those of HIT-DRUG-30: changes the cause only, see its own test",
    "HIT-PAY-GAF": "the price itself: nothing is settled without one",
}


def outcome(decision: ClaimDecision) -> object:
    """Give what a decision says without the answers behind it."""
    lines = [(line.allowed, line.paid, line.adjustments, line.remarks) for line in decision.lines]
    return decision.state, decision.reason, lines


def test_every_declared_rule_has_one_function_and_every_function_a_declaration() -> None:
    assert set(BOOK.checks) | set(BOOK.steps) == set(BOOK.rules)
    assert not set(BOOK.checks) & set(BOOK.steps)


def test_every_decision_names_every_rule_in_the_declared_order() -> None:
    for billed, known in CASES.values():
        for line in decide(billed, known).lines:
            assert [rule.id for rule in line.rules] == list(BOOK.rules)
            assert [rule.source for rule in line.rules] == [rule.source for rule in BOOK.rules.values()]


@pytest.mark.parametrize("rule", BOOK.rules.values(), ids=list(BOOK.rules))
def test_declarations_are_whole(rule: Rule) -> None:
    assert rule.outcome in OUTCOMES
    assert all((rule.title, rule.source, rule.looks_at, rule.confidence, rule.bad, rule.good))
    if rule.outcome in ("deny", "return", "payment") and rule.id != "HIT-PAY-GAF":
        assert all((rule.group, rule.carc, rule.codes_confidence))
    if rule.group is None:
        assert (rule.carc, rule.rarc) == (None, ())


CODED = [(rule.id, rule.group, rule.carc, rule.rarc) for rule in BOOK.rules.values() if rule.carc]
CODED += [
    ("returned claim", row.value.group, row.value.carc, row.value.rarc) for row in parameters().returned_claim
]


@pytest.mark.parametrize(("name", "group", "carc", "rarc"), CODED, ids=[row[0] for row in CODED])
def test_codes_exist_and_are_active(name: str, group: str, carc: str, rarc: tuple[str, ...]) -> None:
    reason = TABLES.carc(carc)
    assert reason is not None
    assert reason.active
    assert TABLES.group_code(group) is not None
    assert not reason.group_only or group in reason.group_only
    assert rarc or not reason.remark_required
    for code in rarc:
        remark = TABLES.rarc(code)
        assert remark is not None
        assert remark.active


def test_only_codes_that_follow_from_their_definition_are_more_than_suggestions() -> None:
    coded = [rule for rule in BOOK.rules.values() if rule.carc]
    firm = {rule.id for rule in coded if rule.codes_confidence == "follows from the code definition"}
    assert firm == {"HIT-PAY-LESSER", "HIT-PAY-DED", "HIT-PAY-COINS", "HIT-PAY-SEQ"}
    others = {rule.codes_confidence for rule in coded if rule.id not in firm}
    assert others == {"suggested; CMS's own codes not found"}


def test_every_rule_has_a_case() -> None:
    assert set(CASES) | set(WITHOUT_A_CASE) == set(BOOK.rules)


@pytest.mark.parametrize("rule_id", CASES)
def test_switching_a_rule_off_changes_its_case(rule_id: str) -> None:
    billed, known = CASES[rule_id]
    decided = answer(billed, known, TABLES, RunSettings())
    without = answer(billed, known, TABLES, RunSettings(), BOOK.without(rule_id))
    assert outcome(decided) != outcome(without)


def test_the_category_denies_alone_too() -> None:
    known = facts(drugs=(drug(code="J9190"),))
    alone = BOOK.without("HIT-DRUG-30")
    assert answer(claim(), known, TABLES, RunSettings(), alone).state is State.DENIED
    neither = alone.without("HIT-DRUG-CAT")
    assert answer(claim(), known, TABLES, RunSettings(), neither).state is State.PAID


def test_a_rule_can_be_added_by_one_function_and_one_declaration() -> None:
    rule = Rule(
        id="HIT-NEW", title="t", source="s", looks_at="l", confidence="c", bad="b", good="g",
        group="CO", carc="96", outcome="deny",
    )  # fmt: skip
    book = RuleBook({**BOOK.rules, rule.id: rule})
    book.checks, book.steps, book.explains = dict(BOOK.checks), BOOK.steps, BOOK.explains
    asked: list[str] = []

    @book.check("HIT-NEW")
    def look(context: object) -> Ruling:
        asked.append("HIT-NEW")
        return met("seen")

    decision = answer(claim(), facts(), TABLES, RunSettings(), book)
    assert asked == ["HIT-NEW"]
    assert decision.lines[0].rules[-1].detail == "seen"
    with pytest.raises(KeyError):
        BOOK.check("HIT-NOT-DECLARED")


def test_places_of_service_are_sourced_and_told_once() -> None:
    places = places_of_service()
    assert len({row.value.code for row in places}) == len(places)
    assert {row.value.is_home for row in places} == {True, False}
    assert all(row.value.setting and row.source and row.confidence for row in places)
    assert all(len(row.value.code) == 2 for row in places)


def test_parameters_hold_from_the_first_day_of_the_benefit() -> None:
    first = parameters().permanent_benefit.first_day
    known = parameters()
    for rows in (
        known.unit_minutes,
        known.drug_window_days,
        known.initial_visit_gap_days,
        known.coinsurance_percent,
        known.open_drug_categories,
        known.returned_claim,
    ):
        assert [row.effective_from for row in rows] == [first]
        assert all(row.source and row.confidence for row in rows)
