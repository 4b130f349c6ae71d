"""Medicare Part B home infusion therapy, dates of service from 2021 on: its rules and its pricing."""

from edi_hit.benefits.coordination import COORDINATION
from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.medicare_hit import (
    drug_link_rules,
    history_rules,
    plan_rules,
    price_rules,
    routing_rules,
    supplier_rules,
    visit_content_rules,
)
from edi_hit.benefits.medicare_hit.own_rules import OWN
from edi_hit.benefits.medicare_hit.pricing import price, quote, require_visit
from edi_hit.benefits.medicare_part_b import SHARED

RULE_MODULES = (
    routing_rules,
    supplier_rules,
    visit_content_rules,
    plan_rules,
    history_rules,
    drug_link_rules,
    price_rules,
)

BENEFIT: Benefit = Benefit(
    "medicare_hit", RuleBook.ordered("edi_hit.benefits.medicare_hit", (SHARED, COORDINATION, OWN)), quote
)

__all__ = ["BENEFIT", "RULE_MODULES", "price", "require_visit"]
