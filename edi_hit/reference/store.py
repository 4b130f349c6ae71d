"""Loads tables when they are first asked for, lays a user's rows over ours, and knows their limits."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, Final, Generic, TypeVar

from edi_hit.reference.dated import Entry, Key, UserRows
from edi_hit.reference.dated_table import DatedTable
from edi_hit.reference.layout import Layout, packaged_entries
from edi_hit.reference.manifest import TableInfo, manifest

T = TypeVar("T")

MOST_KEPT: Final = 4096
"""Answers to one kind of question, by day, that are kept at most."""


@cache
def _packaged(layout: Layout[T]) -> DatedTable[T]:
    """Read a packaged table, once in a process."""
    return DatedTable(packaged_entries(layout))


class TableStore:
    """The tables of one run."""

    def __init__(self, user_rows: Mapping[str, UserRows] | None = None) -> None:
        """Take the user's rows by table; without any, the tables are ours alone."""
        self._user_rows = dict(user_rows or {})
        self._tables: dict[Layout[Any], DatedTable[Any]] = {}
        self._checked: dict[str, date | None] = {}

    def with_rows_below(self, rows: Mapping[str, Iterable[Entry[Any]]]) -> "TableStore":
        """Give the same tables with rows, by table, laid under those of the user's files."""
        merged = dict(self._user_rows)
        for name, entries in rows.items():
            above = merged.get(name, UserRows(()))
            merged[name] = UserRows((*above.entries, *entries), above.checked_through)
        return TableStore(merged)

    def table(self, layout: Layout[T]) -> DatedTable[T]:
        """Give a table, reading its file the first time; one file may be read in more than one way."""
        found: DatedTable[T] | None = self._tables.get(layout)
        if found is None:
            packaged: DatedTable[T] = _packaged(layout)
            rows = self.user_entries(layout.name)
            found = self._tables[layout] = packaged.overlaid_with(rows) if rows else packaged
        return found

    def user_entries(self, name: str) -> tuple[Entry[Any], ...]:
        """Give the rows a user's files have for a table."""
        rows = self._user_rows.get(name)
        return rows.entries if rows else ()

    def info(self, name: str) -> TableInfo:
        """Give what the manifest says of a table; raises `KeyError` for an unknown name."""
        return manifest()[name]

    def checked_through(self, name: str) -> date | None:
        """Give the last date a table is known to be right for; None where it has no rows at all."""
        if name not in self._checked:
            user = self._user_rows.get(name)
            dates = [self.info(name).checked_through, user.checked_through if user else None]
            self._checked[name] = max((day for day in dates if day), default=None)
        return self._checked[name]

    def is_checked(self, name: str, on: date) -> bool:
        """Whether a table is known to be right on `on`."""
        through = self.checked_through(name)
        return through is not None and on <= through

    def known(self, layout: Layout[T], entry: Entry[T] | None, on: date) -> bool:
        """Whether a row answers for `on`: a user's row does, ours only while the table is checked."""
        return entry is not None and (entry.loaded or self.is_checked(layout.name, on))

    def require(self, layout: Layout[T], key: Key, on: date, what: str) -> T:
        """Give the value of `key` on `on`; raises `ReferenceDataMissing` where it is not known."""
        entry = self.table(layout).at(key, on)
        if entry is not None and self.known(layout, entry, on):
            return entry.value
        raise self.info(layout.name).missing(f"{what} is not known for {on.isoformat()}")


class TableByCode(Generic[T]):
    """A table by code without dates that is asked all the time; its file is read the first time."""

    def __init__(self, store: TableStore, layout: Layout[T]) -> None:
        self._store = store
        self._layout = layout
        self._table: DatedTable[T] | None = None

    def row(self, code: str) -> T | None:
        """Give the row of a code, the user's first."""
        if self._table is None:
            self._table = self._store.table(self._layout)
        return self._table.value(code)
