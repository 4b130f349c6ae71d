"""Reads a CSV for a table of the ledger: its rows in chunks, and every fault with its line."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Table

from edi_hit.ledger.loadable import csv_columns, loadable
from edi_hit.ledger.tables import loadable_tables
from edi_hit.reference.cells import Cells
from edi_hit.reference.layout import require_distinct
from edi_hit.rules import ConfigError

COMMENT = "#"
"""Lines above the header that begin so are for people."""

FROM, THROUGH = "effective_from", "effective_through"
_CHUNK = 10_000
_MOST_FAULTS = 50


class CsvRow(msgspec.Struct, frozen=True):
    """A row to be stored: its line in the file, and its values by column of the table."""

    line: int
    values: dict[str, Any]


class Faults:
    """What is wrong with a file, by line; told in order, at most the first fifty."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[tuple[int, str]] = []

    def add(self, line: int, what: str) -> None:
        """Note a fault; `what` holds no data of the file."""
        self._found.append((line, what))

    def __bool__(self) -> bool:
        return bool(self._found)

    def told(self) -> list[str]:
        """Give the faults as lines of text."""
        first = [f"{self.file}: line {line}: {what}" for line, what in sorted(self._found)[:_MOST_FAULTS]]
        more = len(self._found) - len(first)
        return [*first, f"{self.file}: and {more} more faults"] if more > 0 else first


class CsvFile:
    """A CSV for one table of the ledger, told by its columns where it is not named.

    Raises `ConfigError` where it cannot be read, or its columns are not those of the table.
    """

    def __init__(self, path: Path, table_name: str | None = None) -> None:
        self.path = path
        self.faults = Faults(path.name)
        above, self._text = _text_of(path)
        self._above = above
        try:
            header = _header(self._text)
            self.table = _table(header, table_name)
            _require_columns(self.table, header)
        except (ValueError, csv.Error) as error:
            raise ConfigError(f"{path.name}: {error}") from error

    def chunks(self) -> Iterator[list[CsvRow]]:
        """Yield the rows without a fault of their own, some thousands at a time."""
        rows = self._rows()
        while chunk := list(islice(rows, _CHUNK)):
            yield chunk

    def _rows(self) -> Iterator[CsvRow]:
        reader = csv.reader(io.StringIO(self._text, newline=""))
        header = [name.strip() for name in next(reader)]
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield from self._row(reader.line_num + self._above, header, cells)
        except csv.Error as error:
            self.faults.add(reader.line_num + self._above, str(error))

    def _row(self, line: int, header: list[str], cells: list[str]) -> Iterator[CsvRow]:
        """Yield the row of a line, or note what is wrong with it."""
        if any(cell.strip() for cell in cells[len(header) :]):
            self.faults.add(line, "more cells than columns")
            return
        named = dict(zip(header, cells, strict=False))
        values, wrong = _read_row(self.table, Cells(named, loaded=True, source=self.path.name))
        for what in wrong:
            self.faults.add(line, what)
        if not wrong:
            yield CsvRow(line, values)


def _text_of(path: Path) -> tuple[int, str]:
    """Give how many comment lines stand above the header, and the text without them."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path.name} is not a text file; save the sheet as CSV (UTF-8)") from error
    above = 0
    while text.startswith(COMMENT):
        _, _, text = text.partition("\n")
        above += 1
    return above, text


def _header(text: str) -> set[str]:
    names = [name.strip() for name in next(csv.reader(io.StringIO(text, newline="")), [])]
    require_distinct(names)
    return set(names) - {""}


def _table(header: set[str], name: str | None) -> Table:
    tables = loadable_tables()
    if name is not None:
        return tables[name]
    fitting = [table for table in tables.values() if not list(_column_faults(table, header))]
    if len(fitting) != 1:
        raise ValueError(
            "line 1: its columns are not those of one table; name it with --table to hear what is wrong,"
            " and see edi-hit ledger template"
        )
    return fitting[0]


def _require_columns(table: Table, header: set[str]) -> None:
    faults = list(_column_faults(table, header))
    if faults:
        raise ValueError(f"line 1: {'; '.join(faults)}")


def _column_faults(table: Table, header: set[str]) -> Iterator[str]:
    columns = csv_columns(table).values()
    for column in columns:
        if column.required and column.name not in header:
            yield f"no column {column.name}"
    unknown = len(header - {column.name for column in columns})
    if unknown:
        yield f"{unknown} columns that the table {table.name} does not have"


def _read_row(table: Table, cells: Cells) -> tuple[dict[str, Any], list[str]]:
    """Read every cell of a row; gives the values and what is wrong."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for name, column in csv_columns(table).items():
        try:
            values[name] = column.read(cells, column.name)
        except ValueError as error:
            wrong.append(str(error))
    if not wrong:
        wrong.extend(_wrong_together(table, cells, values))
    return values, wrong


def _wrong_together(table: Table, cells: Cells, values: dict[str, Any]) -> Iterator[str]:
    described = loadable(table)
    through = values[THROUGH] if described.has_span else None
    if through is not None and through < values[FROM]:
        yield f"{THROUGH} is before {FROM}"
    if described.check is not None:
        try:
            described.check(cells)
        except ValueError as error:
            yield str(error)
