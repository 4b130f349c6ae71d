"""Days counted from another day."""

from datetime import date
from typing import Final

_FIRST: Final = date.min.toordinal()
_LAST: Final = date.max.toordinal()


def shifted(on: date, days: int) -> date:
    """Give the day `days` after (or, negative, before) another, at most the last (or first) there is."""
    return date.fromordinal(min(max(on.toordinal() + days, _FIRST), _LAST))
