"""Tables for spreadsheets: CSV whose cells no spreadsheet runs as a formula."""

import codecs
import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import BinaryIO

Cell = str | int | Decimal | date | None

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

_MARK = "'"


class CsvTable:
    """Writes rows to a stream as CSV in UTF-8, a header first.

    Amounts keep their decimals, dates are ISO dates, None is an empty cell. A text that a spreadsheet would
    run gets an apostrophe before it; `text_of` takes it away.
    """

    def __init__(self, stream: BinaryIO, columns: Sequence[str]) -> None:
        self._writer = csv.writer(codecs.getwriter("utf-8")(stream))
        self._writer.writerow(columns)

    def row(self, cells: Iterable[Cell]) -> None:
        """Write one row."""
        self._writer.writerow([_shown(cell) for cell in cells])


def neutralised(text: str) -> str:
    """A text as a cell that no spreadsheet runs: with an apostrophe, also before one that begins with it.

    >>> neutralised("=1+1")
    "'=1+1"
    """
    return f"{_MARK}{text}" if text.lstrip(" ").startswith((*_STARTS_A_FORMULA, _MARK)) else text


def text_of(cell: str) -> str:
    """The text that a cell stands for.

    >>> text_of("'=1+1")
    '=1+1'
    """
    return cell[1:] if cell.startswith(_MARK) else cell


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return neutralised(cell) if isinstance(cell, str) else str(cell)
