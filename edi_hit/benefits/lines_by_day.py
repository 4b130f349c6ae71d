"""Lines that are found by day: what a history of many lines is to the rules."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

F = TypeVar("F")


class Alike(NamedTuple, Generic[F]):
    """Lines alike in all but claim and number: the first and the last with their places, and how many."""

    first_place: int
    first: F
    last_place: int
    last: F
    how_many: int


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
