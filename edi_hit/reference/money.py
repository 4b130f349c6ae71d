"""Dollar amounts: how they are read, rounded and written. The one rounding of the package is here."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_CENT: Final = Decimal("0.01")
_ONE: Final = Decimal(1)
_NOTHING: Final = Decimal(0)
_AMOUNT = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_MOST_DIGITS = 12
_MOST_DECIMALS = 9
_WIDEST: Final = 25
"""The highest power of ten that can be rounded to the cent in the 28 digits decimals are computed with."""

LARGEST_AMOUNT: Final = Decimal("999999999999.99")
"""The largest amount of money, in dollars, that is read, charged or paid."""


def cents(amount: Decimal) -> Decimal:
    """Round dollars to the cent, halves away from zero; `ValueError` for what cannot be rounded.

    >>> cents(Decimal("178.115"))
    Decimal('178.12')
    """
    if amount.same_quantum(_CENT):
        return amount
    if not amount.is_finite() or amount.adjusted() > _WIDEST:
        raise ValueError("not a finite amount, or one too large to be rounded")
    return amount.quantize(_CENT, ROUND_HALF_UP)


def is_whole_cents(amount: Decimal) -> bool:
    """Whether an amount is in whole cents, from 0 to the largest there is (`LARGEST_AMOUNT`)."""
    if amount.same_quantum(_CENT):
        return _NOTHING <= amount <= LARGEST_AMOUNT
    return amount.is_finite() and _NOTHING <= amount <= LARGEST_AMOUNT and amount == cents(amount)


def amount_text(amount: Decimal) -> str:
    """Write dollars with exactly two decimals, as reports and decisions show them.

    >>> amount_text(Decimal("178.1"))
    '178.10'
    >>> amount_text(Decimal("-0.001"))
    '0.00'
    """
    rounded = cents(amount)
    return str(rounded if rounded else abs(rounded))


def plain(number: Decimal) -> str:
    """Write a number without an exponent and without trailing zeros.

    >>> plain(Decimal("20.50")), plain(Decimal("1E+2"))
    ('20.5', '100')
    """
    if number.same_quantum(_ONE):
        return str(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def parse_amount(text: str) -> Decimal:
    """Read a plain decimal: digits, an optional leading `-`, an optional decimal point.

    Raises `ValueError` (without the text) for anything else: exponents, `NaN`, `+`, spaces, separators; and
    for more than 12 digits before the point or 9 after it.

    >>> parse_amount("-12.50")
    Decimal('-12.50')
    """
    if not _AMOUNT.fullmatch(text):
        raise ValueError("not a plain decimal amount")
    whole, _, decimals = text.lstrip("-0").partition(".")
    if len(whole) > _MOST_DIGITS or len(decimals) > _MOST_DECIMALS:
        raise ValueError(f"too long: at most {_MOST_DIGITS} digits, and {_MOST_DECIMALS} decimals, are read")
    return Decimal(text)
