"""The rule that a qualifying drug stands behind the visit."""

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling
from edi_hit.benefits.medicare_hit.own_rules import OWN
from edi_hit.benefits.medicare_part_b.drug_rules import drug_within_window


@OWN.check("HIT-DRUG-30")
def qualifying_drug(context: LineContext) -> Ruling:
    """Whether a paid drug of the visit's category was billed in the window before it."""
    return drug_within_window(context)
