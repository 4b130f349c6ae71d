"""Rules on the price, and on the review a payment may be put to."""

from collections.abc import Set as AbstractSet
from functools import lru_cache

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.price import Price
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, unknown
from edi_hit.benefits.medicare_hit.own_rules import OWN
from edi_hit.benefits.medicare_hit.review_grounds import review_grounds


@OWN.check("HIT-PAY-GAF")
def priced(context: LineContext) -> Ruling:
    """Whether the fee is known: the national amount and the factor of the home's locality."""
    price = context.price
    if not isinstance(price, Price):
        return unknown(str(context.obstacle or "no price"))
    return met(f"locality {price.locality}: {price.fee_text} ({price.rate_status})")


@OWN.check("HIT-PAY-CAP5")
def five_hour_ceiling(context: LineContext) -> Ruling:
    """Say that the statutory ceiling is not computed; information only."""
    return not_applicable("the ceiling is left to the CMS rate file; how CMS applies it was not found")


@OWN.review("HIT-MR")
def medical_review(context: LineContext, unanswered: AbstractSet[str]) -> Ruling:
    """Say which of the three grounds of review the line is open to, and by which rules; information only."""
    return _open_to(frozenset(unanswered))


@lru_cache(maxsize=256)
def _open_to(unanswered: frozenset[str]) -> Ruling:
    flags = []
    for ground, rules in review_grounds().items():
        open_rules = [rule for rule in rules if rule in unanswered]
        if open_rules:
            flags.append(f"{ground}: {', '.join(open_rules)}")
    if not flags:
        return met("nothing that is on file calls for a review")
    return met(f"open to review, not shown by what is on file: {'; '.join(flags)}")
