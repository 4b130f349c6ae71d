"""Rules on revenue codes of institutional claims for home infusion."""

from edi_hit.benefits.commercial.billed_codes import is_drug
from edi_hit.benefits.commercial.own_rules import OWN
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met
from edi_hit.claims import revenue_code_of

_DETAILED_DRUG = "0636"
_HOME_INFUSION = "064"


@OWN.check("UB-REV-HCPCS")
def drug_has_code(context: LineContext) -> Ruling:
    """Whether revenue code 0636 comes with a HCPCS code."""
    if revenue_code_of(context.line) != _DETAILED_DRUG:
        return not_applicable()
    return met("0636 with a HCPCS code") if context.hcpcs else not_met("0636 without a HCPCS code")


@OWN.check("UB-REV-PROC")
def home_infusion_code(context: LineContext) -> Ruling:
    """Whether a home infusion revenue code (064x) comes with a code of home infusion."""
    code, tables = context.hcpcs, context.tables
    if not revenue_code_of(context.line).startswith(_HOME_INFUSION) or not code:
        return not_applicable()
    if tables.therapy_code(code) or tables.pump_code(code) or is_drug(context.line, tables):
        return met("064x with a code of home infusion")
    return not_met("064x with a code that is none of home infusion")
