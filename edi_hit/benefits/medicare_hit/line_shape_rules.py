"""Rules on what a visit line must look like: one day, whole units, at a home."""

from edi_hit.benefits.medicare_hit.line_context import LineContext
from edi_hit.benefits.medicare_hit.parameters import excluded_setting
from edi_hit.benefits.medicare_hit.rule_book import BOOK
from edi_hit.benefits.medicare_hit.ruling import Ruling, met, not_met, unknown


@BOOK.check("HIT-LIDOS")
def one_date(context: LineContext) -> Ruling:
    """Whether the line has one date of service."""
    dates = context.line.service_dates
    if dates is None or dates.is_day:
        return met(f"one date of service, {context.on.isoformat()}")
    return not_met(f"the line runs from {dates.start.isoformat()} through {dates.end.isoformat()}")


@BOOK.check("HIT-UNITS-MIN")
def whole_units(context: LineContext) -> Ruling:
    """Whether the units are a whole number of at least 1."""
    units = context.line.units
    if units is None:
        return not_met("no units")
    if units < 1 or units != units.to_integral_value():
        return not_met(f"{units:f} units")
    return met("1 unit" if units == 1 else f"{units:.0f} units")


@BOOK.check("HIT-POS")
def at_home(context: LineContext) -> Ruling:
    """Whether the place of service is not a hospital, CAH or SNF setting."""
    place = context.line.place_of_service or context.claim.place_of_service
    if not place:
        return unknown("no place of service")
    setting = excluded_setting(place, context.on)
    if setting is None:
        return met(f"place of service {place}")
    return not_met(f"place of service {place}: {setting}")


@BOOK.check("HIT-UNITS")
def units_inform(context: LineContext) -> Ruling:
    """Say that units do not multiply the payment; information only."""
    units = context.line.units
    if units is None or units <= 1:
        return met("one daily amount")
    return met(f"{units:.0f} units of 15 minutes are information; one daily amount is paid")
