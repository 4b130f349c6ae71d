"""Verdicts on values, remembered: files repeat the same amounts, codes and numbers over and over."""

from collections.abc import Callable
from typing import Final, TypeVar

V = TypeVar("V")

KEPT = 20_000
"""Values remembered at once; then all are forgotten and learned anew."""
LONGEST: Final = 100
"""Characters of the longest value remembered."""


class Verdicts(dict[str, V]):
    """What `judge` says of a value; asked once for each value. `verdicts[value]` is the way to ask."""

    def __init__(self, judge: Callable[[str], V]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, value: str) -> V:
        verdict = self._judge(value)
        if len(value) <= LONGEST:
            if len(self) >= KEPT:
                self.clear()
            self[value] = verdict
        return verdict
