"""Columns that a CSV can fill: each says how its cell is read, what it holds, and gives an example."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import JSON, Boolean, Column, Date, Integer, String
from sqlalchemy.types import TypeEngine

from edi_hit.claims import member_key
from edi_hit.identifiers import npi
from edi_hit.ledger.metadata import Cents
from edi_hit.reference.cells import Cells
from edi_hit.reference.money import is_whole_cents

CSV_COLUMN = "csv"
"""Under which key of `Column.info` a column's `CsvColumn` stands."""

NOTHING = "none"
"""A cell that says: it is known that there is nothing. A blank cell says that it is not known."""


_SEVERAL = f"several with blanks between them, {NOTHING}: there are none"


class CsvColumn(msgspec.Struct, frozen=True):
    """A column of a CSV: its name there, how a cell becomes a value, what it holds, and an example.

    `read` takes the row's cells and the column's name; it raises `ValueError` for a wrong cell.
    """

    name: str
    read: Callable[[Cells, str], Any]
    holds: str
    example: str
    required: bool


def column(
    name: str,
    kind: TypeEngine[Any] | type[TypeEngine[Any]],
    read: Callable[[Cells, str], Any],
    holds: str,
    example: str = "",
    *,
    key: bool = False,
    required: bool = False,
    csv_name: str | None = None,
) -> Column[Any]:
    """Give a column that CSVs fill; `key` makes it part of the primary key, and so required."""
    csv = CsvColumn(csv_name or name, read, holds, example, required or key)
    return Column(
        name, kind, primary_key=key, nullable=not (required or key), doc=holds, info={CSV_COLUMN: csv}
    )


def person(*, key: bool = True) -> Column[Any]:
    """The person, by member id: in a CSV the column `member_id`."""
    holds = "the member id (MBI) on the claims; case, blanks and hyphens do not matter"
    return column(
        "person", String, _member, holds, "1EG4-TE5-MK73", key=key, required=True, csv_name="member_id"
    )


def supplier(*, key: bool = True) -> Column[Any]:
    """The supplier, by NPI: in a CSV the column `npi`."""
    holds = "the supplier's NPI"
    return column("supplier", String, _npi, holds, "1234567893", key=key, required=True, csv_name="npi")


def day(
    name: str, holds: str, example: str = "", *, key: bool = False, required: bool = False
) -> Column[Any]:
    """A date written YYYY-MM-DD."""
    read = _required_day if key or required else _day
    return column(name, Date, read, holds, example, key=key, required=required)


def days(name: str, holds: str, example: str = "") -> Column[Any]:
    """Several dates with blanks between them, or `none`; stored as a list of ISO dates."""
    return column(name, JSON(none_as_null=True), _days, f"{holds}; {_SEVERAL}", example)


def words(name: str, holds: str, example: str = "") -> Column[Any]:
    """Several codes with blanks between them, in capitals; `none` says that there are none."""
    return column(name, JSON(none_as_null=True), _words, f"{holds}; {_SEVERAL}", example)


def text(
    name: str, holds: str, example: str = "", *, key: bool = False, required: bool = False
) -> Column[Any]:
    """Any text; stored empty where it is blank."""
    read = _required_text if key or required else _text
    return column(name, String, read, holds, example, key=key, required=required)


def known_text(name: str, holds: str, example: str = "") -> Column[Any]:
    """A text of which it matters whether it is known: blank not known (NULL), `none` known to be lacking."""
    holds = f"{holds}; blank: not on file, {NOTHING}: it says nothing"
    return column(name, String, _known_text, holds, example)


def choice(
    name: str, allowed: tuple[str, ...], holds: str, example: str, *, key: bool = False
) -> Column[Any]:
    """One of a few words."""
    holds = f"{holds}: {', '.join(allowed)}"
    return column(name, String, _choice(allowed), holds, example, key=key, required=True)


def flag(name: str, holds: str, example: str = "", *, required: bool = False) -> Column[Any]:
    """Y or N; where it is not required, blank is not known."""
    return column(name, Boolean, _flag(required), f"{holds}: Y or N", example, required=required)


def hcpcs(name: str, holds: str, example: str, *, key: bool = False) -> Column[Any]:
    """A HCPCS code; only its form is checked."""
    return column(name, String, _hcpcs, holds, example, key=key, required=True)


def amount(name: str, holds: str, example: str = "", *, required: bool = False) -> Column[Any]:
    """Dollars and cents, not below zero."""
    return column(name, Cents, _amount(required), f"{holds}, in dollars", example, required=required)


def year(name: str = "calendar_year") -> Column[Any]:
    """A calendar year."""
    return column(name, Integer, lambda cells, name: cells.year(name), "the calendar year", "2025", key=True)


def span(of_what: str) -> tuple[Column[Any], Column[Any]]:
    """The first and the last day of a span; a blank last day says that no end is known."""
    return (
        day("effective_from", f"first day of {of_what}", "2025-01-01", key=True),
        day("effective_through", f"last day of {of_what}; blank: no end is known", "2025-12-31"),
    )


def _member(cells: Cells, name: str) -> str:
    key = member_key(cells.text(name))
    if key is None:
        raise ValueError(f"{name} names nobody")
    return key


def _npi(cells: Cells, name: str) -> str:
    try:
        return npi.validate(cells.text(name))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def read_npi_or_nothing(cells: Cells, name: str) -> str | None:
    """Read an NPI; blank is not known (None), `none` an empty text."""
    value = _known_text(cells, name)
    return _npi(cells, name) if value else value


def _day(cells: Cells, name: str) -> date | None:
    return cells.day(name)


def _required_day(cells: Cells, name: str) -> date:
    found = cells.day(name)
    if found is None:
        raise ValueError(f"{name} is blank")
    return found


def _days(cells: Cells, name: str) -> list[str] | None:
    found = _words(cells, name)
    return found and [str(Cells({name: word}).day(name)) for word in found]


def _words(cells: Cells, name: str) -> list[str] | None:
    value = cells.text(name, "").upper()
    if value == NOTHING.upper():
        return []
    return value.split() or None


def _text(cells: Cells, name: str) -> str:
    return cells.text(name, "")


def _required_text(cells: Cells, name: str) -> str:
    return cells.text(name)


def _known_text(cells: Cells, name: str) -> str | None:
    value = cells.text(name, "")
    return "" if value.lower() == NOTHING else value or None


def _choice(allowed: tuple[str, ...]) -> Callable[[Cells, str], str]:
    return lambda cells, name: cells.choice(name, allowed)


def _hcpcs(cells: Cells, name: str) -> str:
    return cells.hcpcs(name)


def _flag(required: bool) -> Callable[[Cells, str], bool | None]:
    def read(cells: Cells, name: str) -> bool | None:
        if not required and not cells.text(name, ""):
            return None
        return cells.choice(name, ("Y", "N")) == "Y"

    return read


def _amount(required: bool) -> Callable[[Cells, str], object]:
    def read(cells: Cells, name: str) -> object:
        if not required and not cells.text(name, ""):
            return None
        value = cells.amount(name)
        if not is_whole_cents(value):
            raise ValueError(f"{name} is negative, not in whole cents or too large")
        return value

    return read
