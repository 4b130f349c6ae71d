"""Rules that ask whether the visit may be billed here at all: frequency, contractor, code and date."""

from datetime import timedelta

from edi_hit.benefits.medicare_hit.line_context import LineContext
from edi_hit.benefits.medicare_hit.parameters import parameters
from edi_hit.benefits.medicare_hit.rule_book import BOOK
from edi_hit.benefits.medicare_hit.ruling import Ruling, met, not_applicable, not_met, unknown

_CODES_TABLE = "hit_gcodes"


@BOOK.check("HIT-FREQ")
def original_claim(context: LineContext) -> Ruling:
    """Whether the claim is an original one."""
    if context.claim.frequency == "1":
        return met("original claim")
    return not_met("the claim's frequency is not 1 (original)")


@BOOK.check("HIT-MAC-B")
def sent_to_part_b(context: LineContext) -> Ruling:
    """Whether the payer is an A/B MAC Part B; unknown where the table does not have the payer id."""
    if _before_permanent(context):
        return not_applicable("before the permanent benefit")
    contractor = context.tables.contractor(context.claim.payer.id)
    if contractor is None:
        return unknown("the payer id is not in the table of contractors")
    if contractor.contractor_type == "AB_MAC_B":
        return met("sent to an A/B MAC, Part B")
    return not_met(f"sent to a contractor of type {contractor.contractor_type}, not to an A/B MAC, Part B")


@BOOK.check("HIT-CODE-DATE")
def valid_on_date(context: LineContext) -> Ruling:
    """Whether the code is valid on the day; before 2021 the transitional codes have rules of their own."""
    if _before_permanent(context) and _was_transitional(context):
        return not_applicable("a code of the transitional benefit, before the permanent one")
    said = f"{context.hcpcs} on {context.on.isoformat()}"
    if context.code is not None and context.code.certain:
        return met(f"{said} is valid")
    if not context.tables.is_checked(_CODES_TABLE, context.on):
        through = context.tables.checked_through(_CODES_TABLE).isoformat()
        return unknown(f"{said}: the codes are known through {through} only")
    return not_met(f"{said} is not valid")


@BOOK.check("HIT-CODE-BEFORE")
def not_before_codes(context: LineContext) -> Ruling:
    """Whether a code of the transitional benefit is billed before that benefit began."""
    if not (_before_permanent(context) and _was_transitional(context)):
        return not_applicable()
    if context.code is not None:
        return met(f"{context.hcpcs} existed on {context.on.isoformat()}")
    return not_met(f"{context.hcpcs} did not exist on {context.on.isoformat()}")


@BOOK.check("HIT-CODE-TRANS")
def permanent_visit(context: LineContext) -> Ruling:
    """Whether the visit falls under the permanent benefit; a visit of 2019-2020 goes elsewhere."""
    if context.is_initial:
        return not_applicable()
    if context.code is not None and context.code.benefit == "transitional":
        return not_met(f"{context.on.isoformat()} falls in the transitional benefit")
    return met(f"{context.on.isoformat()} falls in the permanent benefit")


def _before_permanent(context: LineContext) -> bool:
    return context.on < parameters().permanent_benefit.first_day


def _was_transitional(context: LineContext) -> bool:
    last_day = parameters().permanent_benefit.first_day - timedelta(days=1)
    return context.tables.hit_code(context.hcpcs, last_day) is not None
