"""Rules that ask whether the visit may be billed here at all: contractor, code and date."""

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met, unknown
from edi_hit.benefits.medicare_hit.own_rules import OWN
from edi_hit.benefits.medicare_part_b.contractors import sent_to
from edi_hit.benefits.medicare_part_b.permanent_benefit import DAY_BEFORE, is_permanent

_CODES_TABLE = "hit_gcodes"


@OWN.check("HIT-MAC-B")
def sent_to_part_b(context: LineContext) -> Ruling:
    """Whether the payer is an A/B MAC Part B; unknown where the table does not have the payer id."""
    if not is_permanent(context.on):
        return not_applicable("before the permanent benefit")
    return sent_to(context, "AB_MAC_B")


@OWN.check("HIT-CODE-DATE")
def valid_on_date(context: LineContext) -> Ruling:
    """Whether the code is valid on the day; before 2021 the transitional codes have rules of their own."""
    if not is_permanent(context.on) and _was_transitional(context):
        return not_applicable("a code of the transitional benefit, before the permanent one")
    said = f"{context.hcpcs} on {context.day}"
    if context.code is not None and context.code.certain:
        return met(f"{said} is valid")
    if not context.tables.is_checked(_CODES_TABLE, context.on):
        through = context.tables.checked_through(_CODES_TABLE).isoformat()
        return unknown(f"{said}: the codes are known through {through} only")
    return not_met(f"{said} is not valid")


@OWN.check("HIT-CODE-BEFORE")
def not_before_codes(context: LineContext) -> Ruling:
    """Whether a code of the transitional benefit is billed before that benefit began."""
    if is_permanent(context.on) or not _was_transitional(context):
        return not_applicable()
    if context.code is not None:
        return met(f"{context.hcpcs} existed on {context.day}")
    return not_met(f"{context.hcpcs} did not exist on {context.day}")


@OWN.check("HIT-CODE-TRANS")
def permanent_visit(context: LineContext) -> Ruling:
    """Whether the visit falls under the permanent benefit; a visit of 2019-2020 goes elsewhere."""
    if context.is_initial:
        return not_applicable()
    if context.code is not None and context.code.benefit == "transitional":
        return not_met(f"{context.day} falls in the transitional benefit")
    return met(f"{context.day} falls in the permanent benefit")


def _was_transitional(context: LineContext) -> bool:
    return context.tables.hit_code(context.hcpcs, DAY_BEFORE) is not None
