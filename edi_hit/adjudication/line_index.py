"""Lines of one person as facts of one kind, by day and by what they are alike in."""

from bisect import bisect_left, bisect_right, insort
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Final, Generic, TypeVar, cast, overload

from edi_hit.adjudication.day_readers import DayReaders
from edi_hit.benefits.alike import Alike
from edi_hit.benefits.facts import BilledFact, DrugFact, EquipmentFact, ServiceFact, VisitFact
from edi_hit.benefits.lines_by_day import LinesByDay

F = TypeVar("F", bound=BilledFact)

Waiting = int | None
"""The rank of the receipt of a line whose claim is not decided yet; None for all other lines."""

Sees = Callable[[int, date], bool]
"""Whether a claim sees a line not decided yet, by the rank of its receipt and its first day."""

_Kind = tuple[Waiting, object]
"""What lines of a day are alike in."""

_ALIKE_IN: dict[type[BilledFact], Callable[[BilledFact], object]] = {
    fact: attrgetter(*(name for name in fact.__struct_fields__ if name not in ("on", "claim", "line")))
    for fact in (VisitFact, DrugFact, EquipmentFact, ServiceFact)
}
"""Gives, by the type of a line, what it says beside its day, its claim and its number."""


_SERVICE: Final = ServiceFact


class _Group(Generic[F]):
    """Lines alike in all but claim and number, by place: most often one."""

    def __init__(self, place: int, line: F) -> None:
        self._alone = Alike(place, line, place, line, 1)
        self._several: OrderedDict[int, F] | None = None

    def put(self, place: int, line: F) -> None:
        """Add a line behind the others."""
        if self._several is None:
            self._several = OrderedDict(self.placed())
        self._several[place] = line

    def take_out(self, place: int) -> bool:
        """Remove a line; says whether none is left."""
        if self._several is None:
            return True
        del self._several[place]
        return not self._several

    def alike(self) -> Alike[F]:
        """Give the first and the last of the lines, and how many they are."""
        if self._several is None:
            return self._alone
        first_place, first = next(iter(self._several.items()))
        last_place, last = next(reversed(self._several.items()))
        return Alike(first_place, first, last_place, last, len(self._several))

    def placed(self) -> list[tuple[int, F]]:
        """Give all lines with their places."""
        if self._several is None:
            return [(self._alone.first_place, self._alone.first)]
        return list(self._several.items())


class LineIndex(Generic[F]):
    """Lines by first day. A line keeps its place, a number, when it is taken out and put in again.

    Of alike lines that with the lower place is put in first.
    """

    def __init__(self) -> None:
        self.days: list[date] = []
        self.longest = 0
        self._of_day: dict[date, dict[_Kind, _Group[F]]] = {}

    def put(self, place: int, line: F, waiting: Waiting = None) -> None:
        """Add a line."""
        groups = self._of_day.get(line.on)
        if groups is None:
            groups = self._of_day[line.on] = {}
            insort(self.days, line.on)
        kind = _kind(line, waiting)
        group = groups.get(kind)
        if group is None:
            groups[kind] = _Group(place, line)
        else:
            group.put(place, line)
        if type(line) is _SERVICE:
            through = cast(ServiceFact, line).through
            self.longest = max(self.longest, (through - line.on).days)

    def take_out(self, place: int, line: F, waiting: Waiting) -> None:
        """Remove a line that was put in."""
        groups, kind = self._of_day[line.on], _kind(line, waiting)
        if groups[kind].take_out(place):
            del groups[kind]

    def alike(self, first: date, last: date, sees: Sees | None) -> list[Alike[F]]:
        """Give the lines from day `first` through `last` by what they are alike in; all, without `sees`."""
        return [group.alike() for group in self.groups(first, last, sees)]

    def groups(self, first: date, last: date, sees: Sees | None) -> list[_Group[F]]:
        """Give the lines from day `first` through `last`, those alike together; all, without `sees`."""
        return [
            group
            for day in self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]
            for (waiting, _), group in self._of_day[day].items()
            if waiting is None or sees is None or sees(waiting, day)
        ]


class SeenLines(LinesByDay[F], Sequence[F]):
    """The lines of an index, as they stand, that a claim sees, and `more` behind them.

    `readers`, where given, are told at which days claim `ordinal` looks.
    """

    def __init__(
        self,
        index: LineIndex[F],
        sees: Sees | None = None,
        more: tuple[F, ...] = (),
        readers: DayReaders | None = None,
        ordinal: int = 0,
    ) -> None:
        self._index = index
        self._sees = sees
        self._more = more
        self._readers = readers
        self._ordinal = ordinal

    @property
    def longest(self) -> int:
        """How many days after its first the last day of a line lies, at most."""
        return self._index.longest

    def alike(self, first: date, last: date) -> list[Alike[F]]:
        """Give the lines whose first day is from `first` through `last`."""
        if self._readers is not None:
            self._readers.note(self._ordinal, self._index, first, last)
        found = self._index.alike(first, last, self._sees)
        for place, line in enumerate(self._more, _BEHIND_ALL):
            if first <= line.on <= last:
                found.append(Alike(place, line, place, line, 1))
        return found

    def followed_by(self, lines: tuple[F, ...]) -> "SeenLines[F]":
        """Give these lines and, behind them, others."""
        return SeenLines(self._index, self._sees, (*self._more, *lines), self._readers, self._ordinal)

    def __iter__(self) -> Iterator[F]:
        if self._readers is not None:
            self._readers.note(self._ordinal, self._index, date.min, date.max)
        groups = self._index.groups(date.min, date.max, self._sees)
        placed = sorted((item for group in groups for item in group.placed()), key=lambda item: item[0])
        return iter([*(line for _, line in placed), *self._more])

    def __len__(self) -> int:
        return len(list(iter(self)))

    @overload
    def __getitem__(self, at: int) -> F: ...
    @overload
    def __getitem__(self, at: slice) -> list[F]: ...
    def __getitem__(self, at: int | slice) -> F | list[F]:
        return list(iter(self))[at]


_BEHIND_ALL = 2**62
"""The place of the first line behind those of an index."""


def _kind(line: BilledFact, waiting: Waiting) -> _Kind:
    return waiting, _ALIKE_IN[type(line)](line)
