"""Lines that are found by day: what a history of many lines is to the rules."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Generic, TypeVar

from edi_hit.benefits.alike import Alike

F = TypeVar("F")


class LinesByDay(Generic[F]):
    """Lines that are found by their first day. `other_lines` asks them."""

    @property
    @abstractmethod
    def longest(self) -> int:
        """How many days after its first the last day of a line lies, at most."""

    @abstractmethod
    def alike(self, first: date, last: date) -> Iterable[Alike[F]]:
        """Give the lines whose first day is from `first` through `last`."""

    @abstractmethod
    def followed_by(self, lines: tuple[F, ...]) -> Sequence[F]:
        """Give these lines and, behind them, others."""
