"""A package per benefit: its rules and its pricing, as pure functions."""

from edi_hit.benefits.drug_codes import is_drug_code
from edi_hit.benefits.registry import (
    answer,
    declared_adjustment,
    deductible_taken,
    needs_locality,
    payment_rules,
    price,
    takes_replacements,
)
from edi_hit.benefits.routing import MEDICARE_DME, route
from edi_hit.benefits.routing_codes import Route
from edi_hit.benefits.rule_codes import all_codes, load_benefit_rules, require_known
from edi_hit.benefits.undecided import undecided

__all__ = [
    "MEDICARE_DME",
    "Route",
    "all_codes",
    "answer",
    "declared_adjustment",
    "deductible_taken",
    "is_drug_code",
    "load_benefit_rules",
    "needs_locality",
    "payment_rules",
    "price",
    "require_known",
    "route",
    "takes_replacements",
    "undecided",
]
