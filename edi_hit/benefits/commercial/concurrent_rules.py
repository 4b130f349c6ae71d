"""Rules on several therapies of one day: the second bears SH, the third and later ones SJ."""

from edi_hit.benefits.commercial.beside import NOTHING_BESIDE, all_beside, standing_beside, unless_billed
from edi_hit.benefits.commercial.billed_codes import (
    SECOND_THERAPY,
    THIRD_THERAPY,
    concurrent_mark,
    is_infusion_per_diem,
)
from edi_hit.benefits.commercial.contract_lookup import contract_of
from edi_hit.benefits.commercial.own_rules import OWN
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met

_DISTINCT = "59"
_AEROSOL = "S9061"
_MARKS = (SECOND_THERAPY, THIRD_THERAPY)


@OWN.check("COMM-SH-SJ-BOTH")
def oneconcurrent_mark(context: LineContext) -> Ruling:
    """Whether a line bears one of SH and SJ, not both."""
    if all(mark in context.modifiers for mark in _MARKS):
        return not_met("modifiers SH and SJ on one line")
    return met()


@OWN.check("COMM-SH-SJ")
def marked_as_concurrent(context: LineContext) -> Ruling:
    """Whether a second therapy of a day bears SH, and a third or later one SJ.

    The line with the highest fee is the first therapy, those asked after it follow.
    """
    contract = contract_of(context)
    apart = contract.codes_beside_others if contract else ()
    if not is_infusion_per_diem(context.hcpcs, context.tables) or context.hcpcs in apart:
        return not_applicable()
    mark = concurrent_mark(context.modifiers)
    if mark == THIRD_THERAPY:
        return met("modifier SJ")
    others = standing_beside(
        context, lambda code: is_infusion_per_diem(code, context.tables) and code not in apart
    )
    alike = [
        fact for fact in others if concurrent_mark(fact.modifiers) == mark and fact.code != context.hcpcs
    ]
    said = "another therapy of the day bears SH too" if mark else "another therapy of the day, no SH or SJ"
    return unless_billed(alike, said) or met(f"modifier {mark}" if mark else NOTHING_BESIDE)


@OWN.check("COMM-59-CONCURRENT")
def distinct(context: LineContext) -> Ruling:
    """Whether a concurrent therapy bears 59 too, where the contract wants that."""
    contract = contract_of(context)
    if contract is None or not contract.concurrent_needs_59 or not concurrent_mark(context.modifiers):
        return not_applicable()
    if _DISTINCT in context.modifiers:
        return met("modifier 59")
    return not_met("SH or SJ without modifier 59")


@OWN.check("COMM-S9061-PAIR", codes=(_AEROSOL,))
def aerosol_beside_another(context: LineContext) -> Ruling:
    """Whether aerosol therapy goes with another therapy, where the contract wants that."""
    contract = contract_of(context)
    if contract is None or not contract.s9061_needs_another:
        return not_applicable()
    others = all_beside(context, lambda code: code != _AEROSOL and is_infusion_per_diem(code, context.tables))
    return met("another home therapy of the days") if others else not_met("no other home therapy of the days")
