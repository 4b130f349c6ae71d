"""Claim adjustment reason codes (CARC) as far as our list of them reaches."""

from datetime import date

from edi_hit.mapping.checks.code_forms import Faults
from edi_hit.mapping.checks.faults import Fault
from edi_hit.mapping.convert import read_date
from edi_hit.reference import Tables
from edi_hit.rules import Severity

RULE = "X12-SNIP5-CARC"
_UNKNOWN = "is no claim adjustment reason code"
_PAST = " of the list known here, which ends before the date of this file"


def unknown_reason(tables: Tables, code: str, on: date | None) -> Faults:
    """Judge whether a reason code exists.

    An unknown code is an error on a day the list reaches, a warning past it or where `on` is not known.
    """
    if not code or tables.carc(code) is not None:
        return ()
    if on is not None and tables.is_checked("carc", on):
        return (Fault(RULE, _UNKNOWN),)
    return (Fault(RULE, _UNKNOWN + _PAST, severity=Severity.WARNING),)


def day(text: str) -> date | None:
    """Read CCYYMMDD; None for what is no date."""
    try:
        return read_date(text)
    except ValueError:
        return None


def is_day(text: str) -> bool:
    """Whether the text is a calendar date CCYYMMDD."""
    return day(text) is not None
