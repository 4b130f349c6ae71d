"""Home health claims (837I, type of bill 032x or 034x): what may stand on them. Not priced."""

from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.line_price import LinePrice
from edi_hit.benefits.engine.price import PricingError
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.home_health import home_health_rules
from edi_hit.benefits.home_health.own_rules import OWN

RULE_MODULES = (home_health_rules,)


def quote(context: LineContext) -> LinePrice:
    """Price no line: always raises `PricingError`, since the HH PPS pays periods of care."""
    raise PricingError(
        "the home health PPS pays a period of care, not a line; this package does not price it"
    )


BENEFIT: Benefit = Benefit("home_health", RuleBook.ordered("edi_hit.benefits.home_health", (OWN,)), quote)

__all__ = ["BENEFIT", "RULE_MODULES"]
