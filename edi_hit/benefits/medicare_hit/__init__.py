"""Medicare Part B home infusion therapy, dates of service from 2021 on: its rules and its pricing."""

from edi_hit.benefits.medicare_hit import (
    drug_rules,
    history_rules,
    line_shape_rules,
    payment,
    routing_rules,
)
from edi_hit.benefits.medicare_hit.claim_answer import answer
from edi_hit.benefits.medicare_hit.payment import DEDUCTIBLE_RULE, Payment, pay
from edi_hit.benefits.medicare_hit.pricing import Price, PricingError, price
from edi_hit.benefits.medicare_hit.rule_book import BOOK, RuleBook

RULE_MODULES = (routing_rules, line_shape_rules, history_rules, drug_rules, payment)

__all__ = [
    "BOOK",
    "DEDUCTIBLE_RULE",
    "RULE_MODULES",
    "Payment",
    "Price",
    "PricingError",
    "RuleBook",
    "answer",
    "pay",
    "price",
]
