"""Medicaid programs: last payer, drug channel, limits of the program; priced by the fees loaded for it."""

from edi_hit.benefits.commercial.own_rules import OWN as COMMERCIAL
from edi_hit.benefits.coordination import COORDINATION
from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.medicaid import channel_rules, limit_rules
from edi_hit.benefits.medicaid.own_rules import OWN
from edi_hit.benefits.medicaid.pricing import quote

RULE_MODULES = (channel_rules, limit_rules)

BENEFIT: Benefit = Benefit(
    "medicaid", RuleBook.ordered("edi_hit.benefits.medicaid", (COMMERCIAL, COORDINATION, OWN)), quote
)

__all__ = ["BENEFIT", "RULE_MODULES"]
