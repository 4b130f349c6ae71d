"""Medicare home IVIG: the services, supplies and accessories of an administration at home (Q2052)."""

from edi_hit.benefits.coordination import COORDINATION
from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.ivig import ivig_rules
from edi_hit.benefits.ivig.own_rules import OWN
from edi_hit.benefits.ivig.pricing import price, quote
from edi_hit.benefits.medicare_part_b import SHARED

RULE_MODULES = (ivig_rules,)

BENEFIT: Benefit = Benefit(
    "ivig", RuleBook.ordered("edi_hit.benefits.ivig", (SHARED, COORDINATION, OWN)), quote
)

__all__ = ["BENEFIT", "RULE_MODULES", "price"]
