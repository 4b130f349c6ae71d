"""Whether a claim went to the contractor that answers for it."""

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_met, unknown

_NAMES = {"AB_MAC_B": "an A/B MAC, Part B", "DME_MAC": "a DME MAC"}


def sent_to(context: LineContext, contractor_type: str) -> Ruling:
    """Whether the payer is a contractor of the type; unknown where the table does not have the payer id."""
    contractor = context.tables.contractor(context.payer_id)
    if contractor is None:
        return unknown("the payer id is not in the table of contractors")
    wanted = _NAMES[contractor_type]
    if contractor.contractor_type == contractor_type:
        return met(f"sent to {wanted}")
    return not_met(f"sent to a contractor of type {contractor.contractor_type}, not to {wanted}")
