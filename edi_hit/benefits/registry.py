"""The benefits that are built, and the one door to them: `answer`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from edi_hit.benefits import (
    commercial,
    home_health,
    ivig,
    medicaid,
    medicare_advantage,
    medicare_dme,
    medicare_hit,
    medicare_transitional,
    part_d,
)
from edi_hit.benefits.decision import ClaimDecision, LineDecision
from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.claim_answer import answer_claim
from edi_hit.benefits.engine.payment import DEDUCTIBLE_RULE
from edi_hit.benefits.engine.price import Price, PricingError
from edi_hit.benefits.facts import ClaimFacts
from edi_hit.benefits.mixed_claim import Parts, joined, parts_of, with_drugs
from edi_hit.benefits.routing import route
from edi_hit.benefits.rule_codes import codes_of, packaged_codes
from edi_hit.benefits.undecided import undecided
from edi_hit.claims.claim import Claim
from edi_hit.profiles import RunSettings
from edi_hit.reference import Locality, Tables

_PAYMENT = "payment"
_REPLACEMENTS = "COMM-FREQ"
"""The rule of the benefits that take claims other than original ones."""

_NOTHING: Final = Decimal("0.00")

BUILT: Mapping[str, Benefit] = {
    benefit.name: benefit
    for benefit in (
        medicare_hit.BENEFIT,
        medicare_transitional.BENEFIT,
        ivig.BENEFIT,
        home_health.BENEFIT,
        part_d.BENEFIT,
        medicare_dme.BENEFIT,
        commercial.BENEFIT,
        medicare_advantage.BENEFIT,
        medicaid.BENEFIT,
    )
}


def answer(claim: Claim, facts: ClaimFacts, tables: Tables, settings: RunSettings) -> ClaimDecision:
    """Decide a claim under the benefit it belongs to.

    The decision is `unanswered`, with the reason, where the claim belongs to no benefit. A pure function;
    raises nothing for wrong or missing data.
    """
    found = route(claim, tables)
    if found.benefit is not None:
        return answer_claim(BUILT[found.benefit], claim, facts, tables, settings)
    parts = parts_of(claim, tables)
    visits = None if parts is None else route(parts.visits, tables).benefit
    if parts is None or visits is None:
        return undecided(claim, None, found.reason)
    return _answer_parts(claim, parts, BUILT[visits], facts, tables, settings)


def _answer_parts(
    claim: Claim, parts: Parts, visits: Benefit, facts: ClaimFacts, tables: Tables, settings: RunSettings
) -> ClaimDecision:
    """Decide a claim of two benefits: its drugs first, then the visits, which rest on them."""
    first = answer(parts.equipment, facts, tables, settings)
    taken: dict[int, Decimal] = {}
    for line in first.lines:
        if line.date is not None:
            took = deductible_taken(first.benefit, line, settings)
            taken[line.date.year] = taken.get(line.date.year, _NOTHING) + took
    known = with_drugs(facts, parts.equipment, first, taken, tables)
    return joined(claim, parts, first, answer_claim(visits, parts.visits, known, tables, settings))


def price(code: str, on: date, locality: Locality | None, charge: Decimal | None, tables: Tables) -> Price:
    """Price one day's visit under the benefit its code and day fall in; `locality` is that of the home.

    Raises `PricingError` for a code that is no visit on the day, a faulty charge, or no locality where the
    benefit needs one; `ReferenceDataMissing` where an amount or factor is not known.
    """
    found = tables.visit_code(code, on)
    if found is not None and found.benefit == "transitional":
        return medicare_transitional.price(code, on, charge, tables)
    if found is not None and found.benefit != "permanent":
        return ivig.price(code, on, charge, tables)
    if locality is None:
        medicare_hit.require_visit(code, on, tables)
        raise PricingError("the locality of the home is needed")
    return medicare_hit.price(code, on, locality, charge, tables)


def needs_locality(code: str, on: date, tables: Tables) -> bool:
    """Whether the price of a code depends on where the home is: not in 2019 and 2020, nor for home IVIG."""
    found = tables.visit_code(code, on)
    return found is not None and found.benefit == "permanent"


def takes_replacements(claim: Claim, tables: Tables) -> bool:
    """Whether the benefit of a claim takes replacements and voids (CLM05-3 7, 8)."""
    found = route(claim, tables).benefit
    return found is not None and _REPLACEMENTS in BUILT[found].book.rules


@cache
def payment_rules() -> frozenset[str]:
    """Give the ids of the rules, of all benefits, that lead from the charge to the payment."""
    rules = (rule for benefit in BUILT.values() for rule in benefit.book.rules.values())
    return frozenset(rule.id for rule in rules if rule.outcome == _PAYMENT)


@cache
def rule_titles() -> Mapping[str, str]:
    """Give what each rule of the benefits says, by its id."""
    rules = (rule for benefit in BUILT.values() for rule in benefit.book.rules.values())
    return {rule.id: rule.title for rule in rules}


def declared_adjustment(rule_id: str) -> tuple[str, str]:
    """Give the packaged group code and CARC of a benefit rule; empty texts where it has none."""
    codes = packaged_codes().get(rule_id)
    return ("", "") if codes is None else (codes.group, codes.carc)


def deductible_taken(benefit: str | None, line: LineDecision, settings: RunSettings) -> Decimal:
    """Give what a decided line takes of the patient's Part B deductible, in dollars.

    It is told by the group code and CARC of the deductible rule; benefits without that rule take nothing.
    """
    if benefit is None or not line.adjustments or DEDUCTIBLE_RULE not in BUILT[benefit].book.rules:
        return _NOTHING
    codes = codes_of(DEDUCTIBLE_RULE, "", settings)
    if codes is None:
        return _NOTHING
    group, carc = codes.group, codes.carc
    return sum((one.amount for one in line.adjustments if one.carc == carc and one.group == group), _NOTHING)
