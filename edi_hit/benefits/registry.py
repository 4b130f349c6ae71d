"""The benefits that are built, and the one door to them: `answer`."""

from collections.abc import Callable, Mapping
from decimal import Decimal

import msgspec

from edi_hit.benefits import medicare_hit
from edi_hit.benefits.decision import ClaimDecision, LineDecision
from edi_hit.benefits.facts import ClaimFacts
from edi_hit.benefits.routing import MEDICARE_HIT, route
from edi_hit.benefits.undecided import undecided
from edi_hit.claims.claim import Claim
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.rules import Rule

_PAYMENT = "payment"


class Benefit(msgspec.Struct, frozen=True):
    """A benefit that is built: what decides a claim, its rules by id, and the rule of its deductible."""

    answer: Callable[[Claim, ClaimFacts, Tables, RunSettings], ClaimDecision]
    rules: Mapping[str, Rule]
    deductible_rule: str


BUILT: Mapping[str, Benefit] = {
    MEDICARE_HIT: Benefit(medicare_hit.answer, medicare_hit.BOOK.rules, medicare_hit.DEDUCTIBLE_RULE),
}


def answer(claim: Claim, facts: ClaimFacts, tables: Tables, settings: RunSettings) -> ClaimDecision:
    """Decide a claim under the benefit it belongs to.

    The decision is `unanswered`, with the reason, where the claim belongs to no benefit or to one that
    this release does not answer. A pure function; raises nothing for wrong or missing data.
    """
    found = route(claim, tables)
    if found.benefit is None:
        return undecided(claim, None, found.reason)
    built = BUILT.get(found.benefit)
    if built is None:
        reason = f"{found.reason} ({found.benefit}), and no benefit of this release answers it"
        return undecided(claim, found.benefit, reason)
    return built.answer(claim, facts, tables, settings)


def payment_rules() -> frozenset[str]:
    """Give the ids of the rules, of all benefits, that lead from the charge to the payment."""
    rules = (rule for benefit in BUILT.values() for rule in benefit.rules.values())
    return frozenset(rule.id for rule in rules if rule.outcome == _PAYMENT)


def declared_adjustment(rule_id: str) -> tuple[str, str]:
    """Give the group code and CARC a benefit rule declares; empty texts where it declares none."""
    found = (benefit.rules[rule_id] for benefit in BUILT.values() if rule_id in benefit.rules)
    rule = next(found, None)
    return ("", "") if rule is None else (rule.group or "", rule.carc or "")


def deductible_taken(benefit: str | None, line: LineDecision) -> Decimal:
    """Give what a decided line takes of the patient's Part B deductible, in dollars.

    It is told by the group code and CARC that the benefit's deductible rule declares.
    """
    built = BUILT.get(benefit or "")
    if built is None:
        return Decimal("0.00")
    rule = built.rules[built.deductible_rule]
    taken = (one.amount for one in line.adjustments if (one.group, one.carc) == (rule.group, rule.carc))
    return sum(taken, Decimal("0.00"))
