"""How often a caller may ask: a bucket that fills evenly and is emptied by requests."""

import math
import time
from collections import OrderedDict

_REMEMBERED = 10_000
"""Callers remembered; the one that was away longest is forgotten first."""


class RateLimiter:
    """Counts the requests of callers by name or address."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def seconds_to_wait(self, caller: str, per_minute: int) -> int:
        """Take one request; give 0, or how long to wait where there were too many."""
        now = time.monotonic()
        left, since = self._left.pop(caller, (float(per_minute), now))
        left = min(float(per_minute), left + (now - since) * per_minute / 60)
        allowed = left >= 1
        self._left[caller] = (left - allowed, now)
        if len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)
        return 0 if allowed else math.ceil((1 - left) * 60 / per_minute)
