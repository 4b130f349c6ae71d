"""Medicare Advantage: at least what Parts A and B cover, by the plan's contract, mostly as per diems."""

from edi_hit.benefits.commercial.own_rules import OWN as COMMERCIAL
from edi_hit.benefits.commercial.pricing import quote
from edi_hit.benefits.coordination import COORDINATION
from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.medicare_advantage import plan_rules
from edi_hit.benefits.medicare_advantage.own_rules import OWN

RULE_MODULES = (plan_rules,)

BENEFIT: Benefit = Benefit(
    "medicare_advantage",
    RuleBook.ordered("edi_hit.benefits.medicare_advantage", (COMMERCIAL, COORDINATION, OWN)),
    quote,
)

__all__ = ["BENEFIT", "RULE_MODULES"]
