"""What was billed to the DME MAC in the days before a visit: drugs, pumps, supplies."""

from datetime import date
from typing import Final

from edi_hit.benefits.days import shifted
from edi_hit.benefits.engine.dated import in_force
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.facts import BilledFact, DrugFact, EquipmentFact, Outcome
from edi_hit.benefits.medicare_part_b.parameters import parameters
from edi_hit.benefits.other_lines import between

_SUPPORTS: Final = "Y"
_DENIED: Final = Outcome.DENIED


def drugs_in_window(context: LineContext) -> list[DrugFact]:
    """Give the drug lines of the visit's window: its day and the days before it."""
    return between(context.facts.drugs, _first_day(context), context.on)


def equipment_in_window(context: LineContext) -> list[EquipmentFact]:
    """Give the pump and supply lines of the visit's window."""
    return context.once(_equipment_in_window)


def _equipment_in_window(context: LineContext) -> list[EquipmentFact]:
    return between(context.facts.equipment, _first_day(context), context.on)


def covered_pump(context: LineContext) -> EquipmentFact | None:
    """Give a line, not denied, for a pump or supply that shows a pump the benefit covers."""
    return context.once(_covered_pump)


def _covered_pump(context: LineContext) -> EquipmentFact | None:
    for item in equipment_in_window(context):
        row = context.tables.pump_code(item.code)
        if row is not None and row.supports_hit == _SUPPORTS and item.outcome is not _DENIED:
            return item
    return None


def has_covered_pump(context: LineContext) -> bool:
    """Whether such a line is on file."""
    return covered_pump(context) is not None


def is_window_complete(context: LineContext) -> bool:
    """Whether the history of the visit's window is complete."""
    return context.is_complete(_first_day(context), context.on)


def days_before(context: LineContext, billed: BilledFact) -> str:
    """Say how long before the visit a line was billed."""
    days = (context.on - billed.on).days
    return "on the day" if days == 0 else f"{days} day{'' if days == 1 else 's'} before"


def _first_day(context: LineContext) -> date:
    return context.once(_window_start)


def _window_start(context: LineContext) -> date:
    return shifted(context.on, -in_force(parameters().drug_window_days, context.on))
