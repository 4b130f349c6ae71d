"""Other lines of a beneficiary, found by day: a claim need not be held against all there ever were.

Lines that are alike in all but their claim and number are one to a rule, however many they are: of them the
first and the last are given, so that what is found first, or last, is what it would be among all.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from edi_hit.benefits.facts import BilledFact, ServiceFact
from edi_hit.benefits.spans import shifted

F = TypeVar("F", bound=BilledFact)


class Alike(NamedTuple, Generic[F]):
    """Lines alike in all but claim and number: the first and the last with their places, and how many."""

    first_place: int
    first: F
    last_place: int
    last: F
    how_many: int


class LinesByDay(Sequence[F]):
    """Lines that are found by their first day."""

    @property
    @abstractmethod
    def longest(self) -> int:
        """How many days after its first the last day of a line lies, at most."""

    @abstractmethod
    def alike(self, first: date, last: date) -> Iterator[Alike[F]]:
        """Yield the lines whose first day is from `first` through `last`."""

    @abstractmethod
    def followed_by(self, lines: tuple[F, ...]) -> "LinesByDay[F]":
        """Give these lines and, behind them, others."""


def between(lines: Sequence[F], first: date, last: date) -> list[F]:
    """Give the lines whose first day is from `first` through `last`, in their order."""
    if not isinstance(lines, LinesByDay):
        return [line for line in lines if first <= line.on <= last]
    found: list[tuple[int, F]] = []
    for group in lines.alike(first, last):
        found.append((group.first_place, group.first))
        if group.how_many > 1:
            found.append((group.last_place, group.last))
    return [line for _, line in sorted(found, key=_place)]


def sharing_a_day(lines: Sequence[ServiceFact], first: date, last: date) -> list[ServiceFact]:
    """Give the services of which a day is from `first` through `last`, in their order."""
    start = shifted(first, -lines.longest) if isinstance(lines, LinesByDay) else date.min
    return [line for line in between(lines, start, last) if first <= line.through]


def counted(lines: Sequence[F], first: date, last: date) -> list[tuple[F, int]]:
    """Give the lines whose first day is from `first` through `last`: of each kind the first, and how many."""
    if not isinstance(lines, LinesByDay):
        return [(line, 1) for line in lines if first <= line.on <= last]
    found = sorted(lines.alike(first, last), key=_place)
    return [(group.first, group.how_many) for group in found]


def followed_by(lines: Sequence[F], more: Iterable[F]) -> Sequence[F]:
    """Give lines and, behind them, others."""
    return lines.followed_by(tuple(more)) if isinstance(lines, LinesByDay) else (*lines, *more)


def _place(placed: tuple[object, ...]) -> int:
    place = placed[0]
    assert isinstance(place, int)
    return place
