"""The rule on the pump behind the drug."""

from edi_hit.benefits.days import iso
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable
from edi_hit.benefits.facts import EquipmentFact
from edi_hit.benefits.medicare_part_b.drug_match import Fit, best_drug
from edi_hit.benefits.medicare_part_b.drug_window import covered_pump, days_before, equipment_in_window
from edi_hit.benefits.medicare_part_b.missing_drug import violation
from edi_hit.benefits.medicare_part_b.shared_rules import SHARED

_AGAINST = "N"


@SHARED.check("HIT-PUMP")
def covered_external_pump(context: LineContext) -> Ruling:
    """Whether the drug ran through a covered pump: not by gravity, a disposable or an insulin pump."""
    pump = covered_pump(context)
    if pump is not None:
        return met(f"{pump.code} billed {iso(pump.on)}, {days_before(context, pump)}", earlier=pump)
    against = [item for item in equipment_in_window(context) if _speaks_against(context, item)]
    if against:
        item = against[-1]
        row = context.tables.pump_code(item.code)
        what = row.description if row else ""
        return violation(context, f"only {item.code} billed {item.on.isoformat()}: {what}", item)
    if best_drug(context).fit is Fit.PAID:
        return met("the DME MAC paid the drug, which it does as a supply of a covered pump")
    return not_applicable("no pump or supply near the visit is on file: the drug alone decides")


def _speaks_against(context: LineContext, item: EquipmentFact) -> bool:
    row = context.tables.pump_code(item.code)
    return row is not None and row.supports_hit == _AGAINST
