"""What a Medicare Advantage plan adds to its contract: the floor of Parts A and B, a drug's side."""

from edi_hit.benefits.commercial.billed_codes import is_drug
from edi_hit.benefits.commercial.contract_lookup import contract_of, in_force
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met, unknown
from edi_hit.benefits.medicare_advantage.own_rules import OWN
from edi_hit.benefits.part_b_drugs import is_part_b_drug

_PUMP = "pump"


@OWN.check("PARTC-AB-FLOOR")
def covers_what_medicare_covers(context: LineContext) -> Ruling:
    """Whether the contract does not leave out a code that Medicare covers."""
    if not _is_covered_by_medicare(context):
        return not_applicable("not known to be covered under Part A or B")
    contract = contract_of(context)
    if contract is not None and context.hcpcs in contract.excluded_codes:
        return not_met("the contract leaves out a code that Medicare covers")
    return met("the contract does not leave it out")


@OWN.check("PARTC-DRUG")
def on_the_right_side(context: LineContext) -> Ruling:
    """Whether a drug is one of Part B, or named by the contract."""
    if not is_drug(context.line, context.tables):
        return not_applicable("no drug")
    if is_part_b_drug(context.hcpcs, context.on, context.tables):
        return met("a drug of Part B")
    contract = contract_of(context)
    if contract is not None and in_force(contract.fees.get(context.hcpcs, ()), context.on):
        return met("the contract names the drug")
    if not context.tables.is_checked("hit_drugs", context.on):
        return unknown("the list of pump drugs ends before this day; the drug may be on it since")
    return not_met("not on the list of pump drugs, no intravenous globulin, and not named by the contract")


def _is_covered_by_medicare(context: LineContext) -> bool:
    device = context.tables.pump_code(context.hcpcs)
    is_pump = device is not None and device.kind == _PUMP and device.supports_hit == "Y"
    return context.code is not None or is_pump or is_part_b_drug(context.hcpcs, context.on, context.tables)
