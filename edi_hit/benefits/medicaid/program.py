"""The Medicaid program of a claim, and what it asks: tables `payers` and `medicaid_rules`."""

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, unknown
from edi_hit.reference import MedicaidRule

NOTHING_ON_FILE = "nothing of the kind is on file for the program"


def program_of(context: LineContext) -> str:
    """Give the program the table of payers names for the claim's payer; empty where it names none."""
    payer = context.tables.payer(context.payer_id)
    return payer.program if payer else ""


def asked_by_program(context: LineContext, rule: str, code: str | None = None) -> MedicaidRule | None:
    """Give what the program asks of the line's code, or another, that day; None where nothing is on file."""
    wanted = context.hcpcs if code is None else code
    return context.tables.medicaid_rule(program_of(context), rule, wanted, context.on)


def program_unknown(context: LineContext) -> Ruling | None:
    """Say that the program is not known, where it is not."""
    if program_of(context):
        return None
    return unknown(
        "the table of payers does not say which Medicaid program this is; load a payers.csv that does"
    )
