"""Rules on where the visit was and what was done: a home, and a skilled service of this benefit."""

from typing import Final

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met
from edi_hit.benefits.medicare_hit.own_rules import OWN
from edi_hit.benefits.medicare_part_b.care_rules import record_of_day
from edi_hit.benefits.medicare_part_b.coverage_rules import not_inpatient
from edi_hit.benefits.medicare_part_b.line_shape_rules import at_home
from edi_hit.rules import Answer

_NOT_MET: Final = Answer.NOT_MET


@OWN.check("HIT-HOME")
def home_not_facility(context: LineContext) -> Ruling:
    """Whether neither the place of service nor a stay says hospital or skilled nursing facility.

    It sums up HIT-POS and HIT-INPT, which explain it and give the codes.
    """
    for ruling in (at_home(context), not_inpatient(context)):
        if ruling.answer is _NOT_MET:
            return ruling
    return met("nothing says that the visit was not at home")


@OWN.check("HIT-SKILLED")
def skilled_service(context: LineContext) -> Ruling:
    """Whether the record of the visit shows more than training on the pump."""
    record = record_of_day(context)
    if record is None:
        return not_applicable("a claim does not show it, and no record of the visit is on file")
    if record.pump_training_only:
        return not_met("the record shows training on the pump alone, which is the DME supplier's")
    return met("the record shows more than training on the pump")
