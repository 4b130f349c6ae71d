"""The transitional payment for home infusion therapy, dates of service in 2019 and 2020."""

from edi_hit.benefits.coordination import COORDINATION
from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.medicare_part_b import SHARED
from edi_hit.benefits.medicare_transitional import transitional_rules
from edi_hit.benefits.medicare_transitional.own_rules import OWN
from edi_hit.benefits.medicare_transitional.pricing import price, quote

RULE_MODULES = (transitional_rules,)

BENEFIT: Benefit = Benefit(
    "medicare_transitional",
    RuleBook.ordered("edi_hit.benefits.medicare_transitional", (SHARED, COORDINATION, OWN)),
    quote,
)

__all__ = ["BENEFIT", "RULE_MODULES", "price"]
