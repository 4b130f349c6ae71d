"""Other lines of a beneficiary, found by day: a claim need not be held against all there ever were.

Lines that are alike in all but their claim and number are one to a rule, however many they are: of them the
first and the last are given, so that what is found first, or last, is what it would be among all.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, TypeVar

from edi_hit.benefits.alike import Alike
from edi_hit.benefits.days import shifted
from edi_hit.benefits.facts import BilledFact, ServiceFact
from edi_hit.benefits.lines_by_day import LinesByDay

F = TypeVar("F", bound=BilledFact)

_EVER: Final = date.min


def between(lines: Sequence[F], first: date, last: date) -> list[F]:
    """Give the lines whose first day is from `first` through `last`, in their order."""
    if not isinstance(lines, LinesByDay):
        return [line for line in lines if first <= line.on <= last]
    found: list[tuple[int, F]] = []
    for group in lines.alike(first, last):
        found.append((group.first_place, group.first))
        if group.how_many > 1:
            found.append((group.last_place, group.last))
    if len(found) > 1:
        found.sort(key=_place)
    return [line for _, line in found]


def sharing_a_day(lines: Sequence[ServiceFact], first: date, last: date) -> list[ServiceFact]:
    """Give the services of which a day is from `first` through `last`, in their order."""
    start = shifted(first, -lines.longest) if isinstance(lines, LinesByDay) else _EVER
    return [line for line in between(lines, start, last) if first <= line.through]


def counted(lines: Sequence[F], first: date, last: date) -> list[tuple[F, int]]:
    """Give the lines whose first day is from `first` through `last`: of each kind the first, and how many."""
    if not isinstance(lines, LinesByDay):
        return [(line, 1) for line in lines if first <= line.on <= last]
    found = sorted(lines.alike(first, last), key=_first_place)
    return [(group.first, group.how_many) for group in found]


def followed_by(lines: Sequence[F], more: Iterable[F]) -> Sequence[F]:
    """Give lines and, behind them, others."""
    return lines.followed_by(tuple(more)) if isinstance(lines, LinesByDay) else (*lines, *more)


def _place(placed: tuple[int, F]) -> int:
    return placed[0]


def _first_place(group: Alike[F]) -> int:
    return group.first_place
