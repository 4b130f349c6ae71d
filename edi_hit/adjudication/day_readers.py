"""Which claims of a person looked at lines of which days: what a change of lines may lead to."""

from collections import defaultdict
from datetime import date, timedelta

_LONGEST = 400
"""Days of a span that are noted one by one; who looked at a longer one looked at all."""


class DayReaders:
    """Claims, by ordinal, that looked at lines of a kind, by day; `due` those that are to be asked again.

    A claim is due until it is asked, and again once lines that it looked at have changed.
    """

    def __init__(self) -> None:
        self.due: set[int] = set()
        self._of_day: defaultdict[tuple[object, date], set[int]] = defaultdict(set)
        self._of_all: defaultdict[object, set[int]] = defaultdict(set)

    def note(self, ordinal: int, kind: object, first: date, last: date) -> None:
        """Note that a claim looks at the lines of a kind from day `first` through `last`."""
        days = (last - first).days
        if days > _LONGEST:
            self._of_all[kind].add(ordinal)
            return
        for day in range(days + 1):
            self._of_day[kind, first + timedelta(day)].add(ordinal)

    def changed(self, kind: object, first: date, last: date) -> None:
        """Whoever looked at a line of a kind from day `first` through `last` is due."""
        self.due |= self._of_all[kind]
        if (last - first).days > _LONGEST:
            self.due |= {one for (its, _), some in self._of_day.items() if its is kind for one in some}
            return
        for day in range((last - first).days + 1):
            self.due |= self._of_day.get((kind, first + timedelta(day)), set())
