"""How long to wait where the surroundings fail: longer each time, until something works again."""

import time

LONGEST_SECONDS = 60.0


class Backoff:
    """Counts the failures of one thing in a row, and says whether it is to be left alone now."""

    def __init__(self) -> None:
        self._failures = 0
        self._until = 0.0

    def failed(self) -> float:
        """Note a failure; give for how many seconds to wait."""
        wait = min(LONGEST_SECONDS, 2.0**self._failures)
        self._failures = min(self._failures + 1, 10)
        self._until = time.monotonic() + wait
        return wait

    def worked(self) -> None:
        """Note that it works."""
        self._failures, self._until = 0, 0.0

    @property
    def seconds_left(self) -> float:
        """For how long it is still to be left alone; 0 where it may be tried."""
        return max(0.0, self._until - time.monotonic())
