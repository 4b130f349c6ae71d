"""Rows that hold for a span of days, and their look-up by key and date."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")
Key = tuple[str, ...]


class Period(msgspec.Struct, frozen=True):
    """A span of days, both ends included; `effective_through` None means no end is known."""

    effective_from: date
    effective_through: date | None

    def holds(self, on: date) -> bool:
        """Whether `on` lies in the span."""
        return self.effective_from <= on and (self.effective_through is None or on <= self.effective_through)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two spans share a day."""
        return self.holds(other.effective_from) or other.holds(self.effective_from)


ALWAYS = Period(date.min, None)


def calendar_year(year: int) -> Period:
    """Give the span from January 1 to December 31 of `year`."""
    return Period(date(year, 1, 1), date(year, 12, 31))


class Entry(msgspec.Struct, Generic[T], frozen=True):
    """One row: its key, its span, its value, and whether a user's file gave it (`loaded`)."""

    key: Key
    period: Period
    value: T
    loaded: bool = False
    place: str = ""


class DatedTable(Generic[T]):
    """The rows of one table, found by key and date."""

    def __init__(self, entries: Iterable[Entry[T]]) -> None:
        """Take the rows; of two that hold the same day the earlier one answers."""
        self._by_key: dict[Key, list[Entry[T]]] = {}
        self._by_code: dict[str, list[Key]] = {}
        for entry in entries:
            self._add(entry)

    def _add(self, entry: Entry[T]) -> None:
        if entry.key not in self._by_key:
            self._by_code.setdefault(entry.key[0] if entry.key else "", []).append(entry.key)
        self._by_key.setdefault(entry.key, []).append(entry)

    def __iter__(self) -> Iterator[Entry[T]]:
        """Give every row, key by key."""
        for entries in self._by_key.values():
            yield from entries

    def at(self, key: Key, on: date) -> Entry[T] | None:
        """Give the row of `key` whose span holds `on`."""
        for entry in self._by_key.get(key, ()):
            if entry.period.holds(on):
                return entry
        return None

    def of(self, key: Key) -> tuple[Entry[T], ...]:
        """Give every row of `key`, whatever its span."""
        return tuple(self._by_key.get(key, ()))

    def keys_of(self, code: str) -> tuple[Key, ...]:
        """Give the keys that begin with `code`."""
        return tuple(self._by_code.get(code, ()))

    def overlaid_with(self, entries: Iterable[Entry[T]]) -> "DatedTable[T]":
        """Give this table with `entries` before its own rows.

        A row of the same key and the same first day is replaced; where spans overlap otherwise, the new
        row answers for the days it holds.
        """
        new = list(entries)
        replaced = {(entry.key, entry.period.effective_from) for entry in new}
        kept = [entry for entry in self if (entry.key, entry.period.effective_from) not in replaced]
        return DatedTable([*new, *kept])


def clashes(entries: Iterable[Entry[T]]) -> list[tuple[Entry[T], Entry[T]]]:
    """Give the pairs of rows with one key that share a day and do not say the same."""
    by_key: dict[Key, list[Entry[T]]] = {}
    for entry in entries:
        by_key.setdefault(entry.key, []).append(entry)
    pairs = []
    for rows in by_key.values():
        rows.sort(key=lambda row: row.period.effective_from)
        for first, second in pairwise(rows):
            same = first.period == second.period and first.value == second.value
            if first.period.overlaps(second.period) and not same:
                pairs.append((first, second))
    return pairs
