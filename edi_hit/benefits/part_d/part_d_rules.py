"""The rules of claims to a Part D plan: a drug goes another road, and anything else is none of Part D's."""

from edi_hit.benefits.drug_codes import is_drug_code
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_met
from edi_hit.benefits.part_d.own_rules import OWN


@OWN.check("PARTD-ROUTE")
def drug_on_the_right_road(context: LineContext) -> Ruling:
    """Whether the line is no drug: a drug is not billed here."""
    if _is_drug(context):
        return not_met(f"{context.hcpcs} is a drug; its road is NCPDP D.0")
    return met("no drug")


@OWN.check("PARTD-NOSVC")
def no_service(context: LineContext) -> Ruling:
    """Whether the line is no supply, equipment or service."""
    if _is_drug(context):
        return met("a drug")
    return not_met("a supply, equipment or service: Part D pays none")


def _is_drug(context: LineContext) -> bool:
    return bool(context.line.drug) or is_drug_code(context.hcpcs, context.on, context.tables)
