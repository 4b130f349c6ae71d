"""Dollar amounts: how they are read, rounded and written. The one rounding of the package is here."""

import re
from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")
_AMOUNT = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def cents(amount: Decimal) -> Decimal:
    """Round dollars to the cent, halves away from zero.

    >>> cents(Decimal("178.115"))
    Decimal('178.12')
    """
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)


def amount_text(amount: Decimal) -> str:
    """Write dollars with exactly two decimals, as reports and decisions show them.

    >>> amount_text(Decimal("178.1"))
    '178.10'
    >>> amount_text(Decimal("-0.001"))
    '0.00'
    """
    rounded = cents(amount)
    return format(rounded if rounded else abs(rounded), "f")


def parse_amount(text: str) -> Decimal:
    """Read a plain decimal: digits, an optional leading `-`, an optional decimal point.

    Raises `ValueError` (without the text) for anything else: exponents, `NaN`, `+`, spaces, separators.

    >>> parse_amount("-12.50")
    Decimal('-12.50')
    """
    if not _AMOUNT.fullmatch(text):
        raise ValueError("not a plain decimal amount")
    return Decimal(text)
