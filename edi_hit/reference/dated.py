"""Rows that hold for a span of days."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any, Generic, TypeVar

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


class UserRows(msgspec.Struct, frozen=True):
    """The rows a user's files give for one table, and the date they say the table is right through."""

    entries: tuple[Entry[Any], ...]
    checked_through: date | None = None


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
