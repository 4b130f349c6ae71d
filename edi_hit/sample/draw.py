"""Draws from one seeded sequence: the only source of variety in a sample file."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from edi_hit.identifiers.npi import check_digit

T = TypeVar("T")

_LETTERS = "ACDEFGHJKMNPQRTUVWXY"
"""The letters an MBI may have (CMS, Understanding the MBI Format)."""
_DIGITS = "0123456789"
_MBI = ("123456789", _LETTERS, _DIGITS + _LETTERS, _DIGITS, _LETTERS, _DIGITS + _LETTERS, _DIGITS)
_MBI_END = (_LETTERS, _LETTERS, _DIGITS, _DIGITS)


class Draw:
    """A seeded sequence of draws. Equal seeds (0 or more) give equal sequences."""

    def __init__(self, seed: int) -> None:
        self._next = random.Random(seed).random

    def pick(self, choices: Sequence[T]) -> T:
        """One of `choices`, each as likely."""
        return choices[int(self._next() * len(choices))]

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._next() * (high - low + 1))

    def happens(self, percent: int) -> bool:
        """Whether something that happens in `percent` of cases happens."""
        return self._next() * 100 < percent

    def digits(self, count: int) -> str:
        """`count` digits, at most 15."""
        return f"{int(self._next() * 10**count):0{count}d}"

    def day(self, first: date, last: date) -> date:
        """A day from `first` to `last`, both included."""
        return first + timedelta(self.between(0, (last - first).days))

    def dollars(self, low: Decimal, high: Decimal) -> Decimal:
        """An amount in dollars and cents from `low` to `high`."""
        return Decimal(self.between(int(low * 100), int(high * 100))).scaleb(-2)

    def npi(self) -> str:
        """An NPI with its right check digit."""
        first_nine = f"{self.between(1, 2)}{self.digits(8)}"
        return first_nine + check_digit(first_nine)

    def mbi(self) -> str:
        """A Medicare Beneficiary Identifier of the form CMS gives out."""
        return "".join([self.pick(characters) for characters in _MBI + _MBI_END])
