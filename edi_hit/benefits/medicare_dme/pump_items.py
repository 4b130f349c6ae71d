"""What a line of a DME claim is, and the pumps that stand behind it."""

from datetime import date
from typing import Final

from edi_hit.benefits.drug_codes import is_drug_code
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.facts import Outcome
from edi_hit.benefits.other_lines import between
from edi_hit.claims.claim import ServiceLine

_PUMP: Final = "pump"
_DRUGS: Final = ("drug", "drug_noc")
_COVERED: Final = "Y"
_OWNED: Final = "OWN"
_DENIED: Final = Outcome.DENIED


def is_drug(context: LineContext, line: ServiceLine | None = None) -> bool:
    """Whether a line, by default the one asked about, is a drug."""
    code = context.hcpcs if line is None else line.procedure_code
    row = context.tables.pump_code(code)
    if row is not None and row.kind in _DRUGS:
        return True
    return is_drug_code(code, context.on, context.tables)


def is_pump(code: str, context: LineContext) -> bool:
    """Whether a code is a pump."""
    row = context.tables.pump_code(code)
    return row is not None and row.kind == _PUMP


def is_covered_pump(code: str, context: LineContext) -> bool:
    """Whether a code is a pump that the line's item is covered with: insulin has pumps of its own."""
    row = context.tables.pump_code(code)
    if row is None or row.kind != _PUMP:
        return False
    item = context.tables.pump_code(context.hcpcs)
    return row.insulin_only if item is not None and item.insulin_only else row.supports_hit == _COVERED


def is_pump_item(context: LineContext) -> bool:
    """Whether the line falls under the policy on infusion pumps: a pump, its supply, or a drug."""
    return context.tables.pump_code(context.hcpcs) is not None or is_drug(context)


def pumps_of_claim(context: LineContext) -> list[str]:
    """Give the codes of the pumps the claim bills."""
    return context.once_a_claim(_pumps_of_claim)


def _pumps_of_claim(context: LineContext) -> list[str]:
    return [line.procedure_code for line in context.claim.lines if is_pump(line.procedure_code, context)]


def has_pump_on_file(context: LineContext) -> bool:
    """Whether a covered pump, not denied, was billed before or on the day."""
    for item in between(context.facts.equipment, date.min, context.on):
        if item.outcome is not _DENIED and is_covered_pump(item.code, context):
            return True
    return False


def narratives(context: LineContext) -> str:
    """Give the notes and descriptions of the claim and of the line as one text, in capitals."""
    line, claim = context.line, context.claim
    notes = [note.text for note in (*line.notes, *claim.notes)]
    return " ".join((line.description, *notes)).upper()


def says_owned_pump(context: LineContext) -> bool:
    """Whether a note speaks of a pump the patient owns."""
    return _OWNED in narratives(context)
