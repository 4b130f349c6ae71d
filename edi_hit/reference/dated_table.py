"""The rows of a table, found by key and date."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, Generic, TypeVar

from edi_hit.reference.dated import Entry, Key

T = TypeVar("T")


class _Row(Generic[T]):
    """A row and the days it holds for, at hand."""

    def __init__(self, entry: Entry[T]) -> None:
        self.first: Final = entry.period.effective_from
        self.last: Final = entry.period.effective_through
        self.entry: Final = entry


class DatedTable(Generic[T]):
    """The rows of one table, found by key and date."""

    def __init__(self, entries: Iterable[Entry[T]]) -> None:
        """Take the rows; of two that hold the same day the earlier one answers."""
        self._by_key: dict[Key, list[_Row[T]]] = {}
        self._by_code: dict[str, list[Key]] = {}
        self._values: dict[str, T] = {}
        for entry in entries:
            self._add(entry)

    def _add(self, entry: Entry[T]) -> None:
        if entry.key not in self._by_key:
            self._by_code.setdefault(entry.key[0] if entry.key else "", []).append(entry.key)
            if len(entry.key) == 1:
                self._values[entry.key[0]] = entry.value
        self._by_key.setdefault(entry.key, []).append(_Row(entry))

    def __iter__(self) -> Iterator[Entry[T]]:
        """Give every row, key by key."""
        for rows in self._by_key.values():
            for row in rows:
                yield row.entry

    def at(self, key: Key, on: date) -> Entry[T] | None:
        """Give the row of `key` whose span holds `on`."""
        for row in self._by_key.get(key, ()):
            if row.first <= on and (row.last is None or on <= row.last):
                return row.entry
        return None

    def value(self, code: str) -> T | None:
        """Give the value of the first row of a code, for tables by code without dates."""
        return self._values.get(code)

    def of(self, key: Key) -> tuple[Entry[T], ...]:
        """Give every row of `key`, whatever its span."""
        return tuple([row.entry for row in self._by_key.get(key, ())])

    def keys_of(self, code: str) -> Sequence[Key]:
        """Give the keys that begin with `code`."""
        return self._by_code.get(code, ())

    def overlaid_with(self, entries: Iterable[Entry[T]]) -> "DatedTable[T]":
        """Give this table with `entries` before its own rows.

        A row of the same key and the same first day is replaced; where spans overlap otherwise, the new
        row answers for the days it holds.
        """
        new = list(entries)
        replaced = {(entry.key, entry.period.effective_from) for entry in new}
        kept = [entry for entry in self if (entry.key, entry.period.effective_from) not in replaced]
        return DatedTable([*new, *kept])
