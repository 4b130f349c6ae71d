"""Rules on what a visit line must look like: one day, whole units, at a home."""

from decimal import Decimal
from typing import Final

from edi_hit.benefits.engine.dated import in_force
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_met, unknown
from edi_hit.benefits.medicare_part_b.parameters import parameters
from edi_hit.benefits.medicare_part_b.places_of_service import place_on
from edi_hit.benefits.medicare_part_b.shared_rules import SHARED
from edi_hit.reference import plain
from edi_hit.rules import in_words

_ONE: Final = Decimal(1)
_MINUTES: Final = "MJ"
"""SV103 where SV104 counts minutes; else it counts units."""


@SHARED.check("HIT-LIDOS")
def one_date(context: LineContext) -> Ruling:
    """Whether the line has one date of service."""
    dates = context.line.service_dates
    if dates is None or dates.is_day:
        return met(f"one date of service, {context.day}")
    return not_met(f"the line runs from {dates.start.isoformat()} through {dates.end.isoformat()}")


@SHARED.check("HIT-UNITS-MIN")
def whole_units(context: LineContext) -> Ruling:
    """Whether the units, or the minutes, are a whole number of at least 1."""
    units = context.units
    if units is None:
        return not_met("no units")
    is_whole = units.same_quantum(_ONE) or units == units.to_integral_value()
    told = context.once(_units_told)
    return met(told) if units >= _ONE and is_whole else not_met(told)


@SHARED.check("HIT-POS", explains=("HIT-HOME",))
def at_home(context: LineContext) -> Ruling:
    """Whether the place of service is a home; unknown where no source says so of its code."""
    return context.once(_at_home)


def _at_home(context: LineContext) -> Ruling:
    code = context.place_of_service
    if not code:
        return unknown("no place of service")
    place = place_on(code, context.on)
    if place is None:
        return unknown("no source says whether this place of service is a home")
    if place.value.is_home:
        return met(f"place of service {code}: {place.value.setting} ({in_words(place.confidence)})")
    return not_met(f"place of service {code}: {place.value.setting}")


@SHARED.check("HIT-UNITS")
def units_inform(context: LineContext) -> Ruling:
    """Say that units do not multiply the payment; information only."""
    units = context.units
    if units is None or units <= _ONE:
        return met("one daily amount")
    if context.line.unit_basis == _MINUTES:
        told = f"{context.once(_units_told)}, {_as_units(units, context)},"
    else:
        told = f"{context.once(_units_told)} of {in_force(parameters().unit_minutes, context.on)} minutes"
    return met(f"{told} are information; one daily amount is paid")


def _units_told(context: LineContext) -> str:
    units = context.units or Decimal(0)
    name = "minute" if context.line.unit_basis == _MINUTES else "unit"
    return f"{plain(units)} {name}{'' if units == _ONE else 's'}"


def _as_units(minutes: Decimal, context: LineContext) -> str:
    """Say how many whole units minutes hold, and how many minutes are left."""
    size = in_force(parameters().unit_minutes, context.on)
    whole, left = divmod(minutes, size)
    rest = f" and {plain(left)} minutes" if left else ""
    return f"{plain(whole)} unit{'' if whole == 1 else 's'} of {size} minutes{rest}"
