"""Rules on nurses' visits: the first two hours, the hours after, and the general nursing codes."""

from edi_hit.benefits.commercial.beside import NOTHING_BESIDE, all_beside, unless_billed
from edi_hit.benefits.commercial.billed_codes import excludes
from edi_hit.benefits.commercial.own_rules import OWN
from edi_hit.benefits.commercial.pricing import VISIT
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_met

_FURTHER_HOURS = "99602"
_GENERAL_NURSING = "S9123"


@OWN.check("COMM-NURSE-99602", codes=(_FURTHER_HOURS,))
def visit_before_hours(context: LineContext) -> Ruling:
    """Whether further hours go with a visit of the same day."""
    found = all_beside(context, lambda code: code == VISIT)
    return met(f"beside {VISIT}") if found else not_met(f"no {VISIT} on the day")


@OWN.check("COMM-NURSE-S9123", codes=(_GENERAL_NURSING,))
def general_nursing_alone(context: LineContext) -> Ruling:
    """Whether general nursing stands without a home visit by CPT code."""
    found = all_beside(context, lambda code: excludes(_GENERAL_NURSING, code, context.tables))
    return unless_billed(found, "a home visit by CPT code") or met(NOTHING_BESIDE)
