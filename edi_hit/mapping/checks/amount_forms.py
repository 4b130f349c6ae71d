"""Amounts of money in dollars: read for adding up, and judged by the form X12 and HIPAA want (X12-ENV-18)."""

import re
from decimal import Decimal
from typing import Final

from edi_hit.mapping.checks.faults import Fault
from edi_hit.rules import Severity

DECIMALS: Final = 2
DIGITS: Final = 10
"""Most decimals and most digits of an amount (HIPAA's limit on element 782)."""

usual_amount: Final = re.compile(r"\d{1,8}(?:\.\d{1,2})?", re.ASCII).fullmatch
"""Matches the amounts that need no second look."""

_AMOUNT: Final = re.compile(r"-?(?=[\d.]{1,19}\Z)(\d*)(?:\.(\d+))?", re.ASCII)
_RULE: Final = "X12-ENV-18"
_TOO_FINE: Final = (Fault(_RULE, "is an amount with more than two decimals"),)
_TOO_LONG: Final = (Fault(_RULE, "is an amount of more than ten digits", severity=Severity.WARNING),)


def read_amount(text: str) -> tuple[Decimal | None, tuple[Fault, ...]]:
    """Give the dollars, None where the text cannot be counted on, and what is wrong with its form.

    What is no number at all is left to the syntax checks and has no fault here.
    """
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None, ()
    whole, decimals = found[1], found[2] or ""
    if len(decimals) > DECIMALS:
        return None, _TOO_FINE
    return Decimal(text), _TOO_LONG if len(whole) + len(decimals) > DIGITS else ()
