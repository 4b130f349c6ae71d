"""Medicare Part B durable medical equipment: the infusion pump, its supplies, and the drug it gives."""

from edi_hit.benefits.coordination import COORDINATION
from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.medicare_dme import coverage_rules, duplicate_rules, modifier_rules, price_rules
from edi_hit.benefits.medicare_dme.own_rules import OWN
from edi_hit.benefits.medicare_dme.pricing import quote
from edi_hit.benefits.medicare_part_b import SHARED

RULE_MODULES = (coverage_rules, duplicate_rules, modifier_rules, price_rules)

BENEFIT: Benefit = Benefit(
    "medicare_dme", RuleBook.ordered("edi_hit.benefits.medicare_dme", (SHARED, COORDINATION, OWN)), quote
)

__all__ = ["BENEFIT", "RULE_MODULES"]
