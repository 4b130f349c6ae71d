"""Commercial plans: per diems, nurses' visits and drugs of home infusion, priced by the payer's contract."""

from edi_hit.benefits.commercial import (
    concurrent_rules,
    drug_rules,
    form_rules,
    later_payment,
    nursing_rules,
    payment_rules,
    per_diem_rules,
    revenue_rules,
)
from edi_hit.benefits.commercial.code_choice import (
    GIVEN,
    Administration,
    CodeChoice,
    Dosing,
    per_diem_code,
    per_diem_therapies,
)
from edi_hit.benefits.commercial.own_rules import OWN
from edi_hit.benefits.commercial.pricing import quote
from edi_hit.benefits.coordination import COORDINATION
from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.rule_book import RuleBook

RULE_MODULES = (
    form_rules,
    per_diem_rules,
    concurrent_rules,
    drug_rules,
    nursing_rules,
    revenue_rules,
    payment_rules,
    later_payment,
)

BENEFIT: Benefit = Benefit(
    "commercial", RuleBook.ordered("edi_hit.benefits.commercial", (COORDINATION, OWN)), quote
)

__all__ = [
    "BENEFIT",
    "GIVEN",
    "RULE_MODULES",
    "Administration",
    "CodeChoice",
    "Dosing",
    "per_diem_code",
    "per_diem_therapies",
]
