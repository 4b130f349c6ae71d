"""A span of days whose end may not be known."""

from collections.abc import Iterable
from datetime import date

import msgspec

from edi_hit.benefits.days import shifted


class Span(msgspec.Struct, frozen=True):
    """Days from `start` through `end`, both included; `end` None means that no end is known."""

    start: date
    end: date | None = None

    def holds(self, on: date) -> bool:
        """Whether `on` lies in the span."""
        return self.start <= on and (self.end is None or on <= self.end)


def cover(spans: Iterable[Span], start: date, end: date) -> bool:
    """Whether the spans, laid together, hold every day from `start` through `end`, if any."""
    if start > end:
        return True
    wanted = start
    for span in sorted(spans, key=lambda span: span.start):
        if span.start > wanted:
            return False
        if span.end is None or span.end >= end:
            return True
        wanted = max(wanted, shifted(span.end, 1))
    return False
