"""Figures that hold for a span of days, each with its source."""

from collections.abc import Iterable
from datetime import date
from typing import Generic, TypeVar

import msgspec

from edi_hit.rules import ReferenceDataMissing

T = TypeVar("T")


class Dated(msgspec.Struct, Generic[T], frozen=True, forbid_unknown_fields=True):
    """A figure and the days it holds for; `effective_through` None means no end is known."""

    value: T
    effective_from: date
    source: str
    confidence: str
    effective_through: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the figure holds on a day."""
        return self.effective_from <= on and (self.effective_through is None or on <= self.effective_through)


def row_in_force(rows: Iterable[Dated[T]], on: date) -> Dated[T]:
    """Give the row that holds on a day; raises `ReferenceDataMissing` where none does."""
    for row in rows:
        if row.holds(on):
            return row
    raise ReferenceDataMissing(
        "benefit parameters",
        f"the benefit has no figure in force on {on.isoformat()}",
        "The parameters.toml of the benefits states from when each figure holds.",
    )


def in_force(rows: Iterable[Dated[T]], on: date) -> T:
    """Give the figure that holds on a day; raises `ReferenceDataMissing` where none does."""
    return row_in_force(rows, on).value
