"""One row of a CSV table, read column by column into typed values."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from edi_hit.identifiers import hcpcs
from edi_hit.reference.dated import ALWAYS, Period, calendar_year
from edi_hit.reference.money import parse_amount

_YEAR = re.compile(r"20[0-9]{2}")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_DOLLARS = re.compile(r"[$,\s]")


class Cells:
    """The cells of one row by column name; every reader raises `ValueError` naming the column.

    `loaded` is true for a row of a user's file: what it does not say about itself is then taken from
    `source`, the file's name or what its settings state.
    """

    def __init__(self, values: Mapping[str, str], *, loaded: bool = False, source: str = "") -> None:
        """Take the cells as they stand in the file."""
        self.values = values
        self.loaded = loaded
        self._source = source

    def text(self, column: str, default: str | None = None) -> str:
        """Give the cell without surrounding space; `default` where it is blank, else an error."""
        value = self.values.get(column, "").strip()
        if value or default is not None:
            return value or default or ""
        raise ValueError(f"{column} is blank")

    def amount(self, column: str) -> Decimal:
        """Give a decimal. In a user's file a dollar sign and thousands separators are let pass."""
        value = self.text(column)
        try:
            return parse_amount(_DOLLARS.sub("", value) if self.loaded else value)
        except ValueError as error:
            raise ValueError(f"{column} is {error}") from None

    def code(self, column: str) -> str:
        """Give a code in capitals."""
        return self.text(column).upper()

    def hcpcs(self, column: str = "hcpcs") -> str:
        """Give a HCPCS code in capitals; refuses what has not the form of one."""
        value = self.text(column)
        try:
            return hcpcs.validate(value)
        except ValueError as error:
            raise ValueError(f"{column}: {error}") from None

    def modifier(self, column: str) -> str:
        """Give a HCPCS modifier in capitals; empty where the cell is blank."""
        value = self.text(column, "").upper()
        if value and not _MODIFIER.fullmatch(value):
            raise ValueError(f"{column} is not a modifier of two letters or digits")
        return value

    def digits(self, column: str, width: int) -> str:
        """Give a number of `width` digits whose leading zeros may have been lost."""
        value = self.text(column)
        if not re.fullmatch(rf"[0-9]{{1,{width}}}", value):
            raise ValueError(f"{column} is not a number of up to {width} digits")
        return value.zfill(width)

    def choice(self, column: str, allowed: tuple[str, ...]) -> str:
        """Give a cell that must be one of `allowed`."""
        value = self.text(column)
        if value not in allowed:
            raise ValueError(f"{column} is not one of {', '.join(allowed)}")
        return value

    def flag(self, column: str) -> bool:
        """Give a `Y` cell as true; blank and `N` are false."""
        return self.text(column, "N") == "Y"

    def category(self, column: str = "category") -> int | None:
        """Give a payment category 1, 2 or 3; None where the cell is blank."""
        if not self.text(column, ""):
            return None
        return int(self.choice(column, ("1", "2", "3")))

    def day(self, column: str) -> date | None:
        """Give an ISO date; None where the cell is blank."""
        value = self.text(column, "")
        if not value:
            return None
        wrong = ValueError(f"{column} is not a date written YYYY-MM-DD")
        if not _ISO_DATE.fullmatch(value):
            raise wrong
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise wrong from None

    def year(self, column: str = "calendar_year") -> int:
        """Give a calendar year of this century."""
        value = self.text(column)
        if not _YEAR.fullmatch(value):
            raise ValueError(f"{column} is not a year")
        return int(value)

    def period(self) -> Period:
        """Give the span the row holds for: its calendar year, or its two dates, or always."""
        if "calendar_year" in self.values:
            return calendar_year(self.year())
        effective_from = self.day("effective_from") or ALWAYS.effective_from
        through = self.day("effective_through")
        if through is not None and through < effective_from:
            raise ValueError("effective_through is before effective_from")
        return Period(effective_from, through)

    def source(self) -> str:
        """Give where the row comes from."""
        return self.text("source", self._source if self.loaded else None)

    def confidence(self) -> str:
        """Give how sure the row is; a user's row that says nothing is `loaded`."""
        return self.text("confidence", "loaded" if self.loaded else None)

    def status(self) -> str:
        """Give `published`, `computed` or `loaded`; a user's row is `loaded` unless it says `computed`."""
        if not self.loaded:
            return self.choice("status", ("published", "computed"))
        return "computed" if self.text("status", "") == "computed" else "loaded"
