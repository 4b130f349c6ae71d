"""A figure that holds for a span of days, with its source."""

from datetime import date
from typing import Generic, TypeVar

import msgspec

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
