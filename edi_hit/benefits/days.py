"""Days counted from another day, and days in words."""

from datetime import date
from functools import lru_cache
from typing import Final

_FIRST: Final = date.min.toordinal()
_LAST: Final = date.max.toordinal()


@lru_cache(maxsize=4096)
def iso(on: date) -> str:
    """Write a day, e.g. `2025-03-17`: what is billed together speaks of the same days again and again."""
    return on.isoformat()


def shifted(on: date, days: int) -> date:
    """Give the day `days` after (or, negative, before) another, at most the last (or first) there is."""
    day = on.toordinal() + days
    if _FIRST <= day <= _LAST:
        return date.fromordinal(day)
    return date.min if days < 0 else date.max
