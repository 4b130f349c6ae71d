"""Rules on how and when a claim comes in: its form, its frequency, its receipt."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from edi_hit.benefits.engine.dated import in_force
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_met, unknown
from edi_hit.benefits.facts import ClaimForm
from edi_hit.benefits.medicare_part_b.parameters import parameters
from edi_hit.benefits.medicare_part_b.shared_rules import SHARED

_PROFESSIONAL: Final = ClaimForm.PROFESSIONAL
_SATURDAY = 5
_WEEK = 7
_LEAP_DAY = (2, 29)


@SHARED.check("HIT-FREQ")
def original_claim(context: LineContext) -> Ruling:
    """Whether the claim is an original one."""
    if context.claim.frequency == "1":
        return met("original claim")
    return not_met("the claim's frequency is not 1 (original)")


@SHARED.check("HIT-FORM-837P")
def professional_form(context: LineContext) -> Ruling:
    """Whether the visit came on a professional claim."""
    if context.facts.form is _PROFESSIONAL:
        return met("billed on the 837P")
    return not_met("billed on the 837I")


@SHARED.check("HIT-TIMELY")
def filed_in_time(context: LineContext) -> Ruling:
    """Whether the claim came in within the time limit of the line's first day."""
    received = context.facts.received_on
    if context.claim.delay_reason in context.settings.timely_filing_exceptions:
        return met(f"an exception by your settings: delay reason {context.claim.delay_reason}")
    if received is None:
        return unknown("the day the claim came in is not known")
    return _filed(context.on, received)


@lru_cache(maxsize=4096)
def _filed(on: date, received: date) -> Ruling:
    last = last_filing_day(on)
    said = f"received {received.isoformat()}; the time limit ended {last.isoformat()}"
    return met(said) if received <= last else not_met(said)


def last_filing_day(on: date) -> date:
    """Give the last day on which a claim for a service of `on` comes in in time.

    It is the same day of the next year, February 28 for February 29, and the Monday after where it falls on
    a weekend. Federal holidays, which move it too, are not known here.
    """
    year = on.year + in_force(parameters().filing_years, on)
    if year >= date.max.year:
        return date.max
    last = date(year, 2, 28) if (on.month, on.day) == _LEAP_DAY else on.replace(year=year)
    weekend = last.weekday() >= _SATURDAY
    return last + timedelta(days=_WEEK - last.weekday()) if weekend else last
