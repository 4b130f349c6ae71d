"""Amounts of money: read in whole cents for adding up, and judged by the form HIPAA wants (X12-ENV-18)."""

import re
from typing import Final

from edi_hit.mapping.checks.faults import Fault
from edi_hit.rules import Severity

DECIMALS: Final = 2
DIGITS: Final = 10
"""Most decimals and most digits of an amount (HIPAA's limit on element 782)."""

_AMOUNT: Final = re.compile(r"(-?)(?=[\d.]{1,19}\Z)(\d*)(?:\.(\d+))?", re.ASCII)
_RULE: Final = "X12-ENV-18"
_TOO_FINE: Final = (Fault(_RULE, "is an amount with more than two decimals"),)
_TOO_LONG: Final = (Fault(_RULE, "is an amount of more than ten digits", severity=Severity.WARNING),)

_ZERO: Final = ord("0")
_POINT: Final = ord(".")
_USUAL_LENGTH: Final = 11
_USUAL_DOLLARS: Final = 8
"""Characters of the longest amount that needs no second look, and its digits before the point."""


def usual_cents(text: str) -> int | None:
    """Give the cents of an amount that needs no second look, None for any other.

    A remittance holds about as many amounts as segments. Going through the characters is, compiled, several
    times as fast as an expression and a `Decimal`.
    """
    length = len(text)
    if not 0 < length <= _USUAL_LENGTH:
        return None
    number = point = 0
    for at in range(length):
        code = ord(text[at])
        if 0 <= code - _ZERO <= 9:
            number = 10 * number + code - _ZERO
        elif code == _POINT and at and not point:
            point = at
        else:
            return None
    if not point:
        return 100 * number if length <= _USUAL_DOLLARS else None
    decimals = length - point - 1
    if point > _USUAL_DOLLARS or not 1 <= decimals <= DECIMALS:
        return None
    return number if decimals == DECIMALS else 10 * number


def read_amount(text: str) -> tuple[int | None, tuple[Fault, ...]]:
    """Give the cents, None where the text cannot be counted on, and what is wrong with its form.

    What is no number at all is left to the syntax checks and has no fault here.
    """
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None, ()
    sign, whole, decimals = found[1], found[2], found[3] or ""
    if len(decimals) > DECIMALS:
        return None, _TOO_FINE
    cents = int(sign + whole + decimals.ljust(DECIMALS, "0"))
    return cents, _TOO_LONG if len(whole) + len(decimals) > DIGITS else ()
