"""How the rows of a table become typed values, for the packaged files and for a user's alike."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

import msgspec

from edi_hit.reference.cells import Cells
from edi_hit.reference.dated import Entry, Key
from edi_hit.reference.manifest import DATA, manifest

T = TypeVar("T")


class Layout(msgspec.Struct, Generic[T], frozen=True, eq=False):
    """A table's name, the columns a user's file must have, and its row and key readers.

    Each is one way to read a table, made once; two are never the same.
    """

    name: str
    required: tuple[str, ...]
    parse: Callable[[Cells], T]
    key: Callable[[T], Key]

    def entry(self, cells: Cells, place: str = "") -> Entry[T]:
        """Read one row; raises `ValueError` naming the column that is wrong."""
        value = self.parse(cells)
        return Entry(self.key(value), cells.period(), value, cells.loaded, place)

    def entries(self, rows: Iterable[tuple[int, Cells]], file: str) -> tuple[list[Entry[T]], list[str]]:
        """Read rows; gives the entries and what is wrong, one message a faulty row with its line."""
        entries, problems = [], []
        for line, cells in rows:
            place = f"{file}: line {line}"
            try:
                entries.append(self.entry(cells, place))
            except ValueError as error:
                problems.append(f"{place}: {error}")
        return entries, problems


def require_distinct(header: Iterable[str]) -> None:
    """Refuse a header in which two columns have one name (`ValueError`); blank ones do not count."""
    twice = [name for name, count in Counter(header).items() if name and count > 1]
    if twice:
        raise ValueError(f"the column {', '.join(twice)} is there more than once")


def csv_rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the non-blank rows of a CSV with a header, each with its line number.

    Raises `ValueError` where a row has more cells than the header, or two columns have one name.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [column.strip() for column in next(reader, [])]
    require_distinct(header)
    for row in reader:
        if any(cell.strip() for cell in row[len(header) :]):
            raise ValueError(f"line {reader.line_num}: more cells than columns")
        if any(cell.strip() for cell in row):
            padded = row + [""] * (len(header) - len(row))
            yield reader.line_num, dict(zip(header, padded, strict=False))


def packaged_rows(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of a packaged table as they stand in its file; none where no file is packaged."""
    file = manifest()[name].file
    if not file:
        return ()
    text = (DATA / file).read_text(encoding="utf-8")
    return tuple(row for _, row in csv_rows(text))


def packaged_entries(layout: Layout[T]) -> list[Entry[T]]:
    """Give the rows of a packaged table; a faulty row is a fault of the package (`ValueError`)."""
    return [layout.entry(Cells(row), layout.name) for row in packaged_rows(layout.name)]
