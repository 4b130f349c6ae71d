"""Rules and figures that more than one benefit of Medicare Part B asks."""

from edi_hit.benefits.medicare_part_b import (
    care_rules,
    coverage_rules,
    drug_rules,
    later_payment,
    line_shape_rules,
    payment_rules,
    pump_rules,
    receipt_rules,
    visit_rules,
)
from edi_hit.benefits.medicare_part_b.shared_rules import SHARED

RULE_MODULES = (
    receipt_rules,
    coverage_rules,
    line_shape_rules,
    care_rules,
    visit_rules,
    drug_rules,
    pump_rules,
    later_payment,
    payment_rules,
)

__all__ = ["RULE_MODULES", "SHARED"]
