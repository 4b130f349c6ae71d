"""A package per benefit: its rules and its pricing, as pure functions."""

from edi_hit.benefits.registry import answer, declared_adjustment, deductible_taken, payment_rules
from edi_hit.benefits.routing import Route, route
from edi_hit.benefits.routing_codes import is_drug_code

__all__ = [
    "Route",
    "answer",
    "declared_adjustment",
    "deductible_taken",
    "is_drug_code",
    "payment_rules",
    "route",
]
