"""Part D on an 837: nothing is paid there. A drug is sent on NCPDP D.0; services are no part of Part D.

What stands before a claim (who pays, whether to dispense) is in `edi_hit.benefits.coverage`.
"""

from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.line_price import LinePrice
from edi_hit.benefits.engine.price import PricingError
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.part_d import part_d_rules
from edi_hit.benefits.part_d.own_rules import OWN

RULE_MODULES = (part_d_rules,)


def quote(context: LineContext) -> LinePrice:
    """Price no line: always raises `PricingError`, since Part D pays nothing on an 837."""
    raise PricingError("Part D pays nothing on an 837; the drug is billed on NCPDP D.0")


BENEFIT: Benefit = Benefit("part_d", RuleBook.ordered("edi_hit.benefits.part_d", (OWN,)), quote)

__all__ = ["BENEFIT", "RULE_MODULES"]
