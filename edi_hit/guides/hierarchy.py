"""Checks the hierarchical levels (HL) of a transaction set: numbers, parents, and promised children.

Holds the numbers of the levels that may still get children, and of those whose promise is open.
"""

from collections.abc import Iterator

from edi_hit.guides.level_fault import LevelFault
from edi_hit.x12 import Segment


class _Level:
    """A level that may still get children: its number, its HL04, its segment and loop."""

    def __init__(self, number: int, children: str, segment: Segment, loop: str) -> None:
        self.number = number
        self.children = children
        self.segment = segment
        self.loop = loop


class Hierarchy:
    """The levels of one set so far (X12-837-01)."""

    def __init__(self) -> None:
        self._last = 0
        self._path: list[_Level] = []
        self._open: set[int] = set()
        self._with_children: set[int] = set()

    def add(self, elements: list[str], segment: Segment, loop: str) -> Iterator[LevelFault]:
        """Take the next HL, which opens `loop`; yield what is wrong with it and with the levels it closes.

        A level whose parent is not known is taken for a child of the last one, which is not blamed for it.
        """
        e = [*elements, "", "", "", ""]
        self._last += 1
        if e[1] != str(self._last):
            message = f"HL01 is not {self._last}: levels are numbered from 1, one by one"
            yield LevelFault("X12-837-01", message, segment, loop, 1, e[1])
        parent = int(e[2]) if e[2].isascii() and e[2].isdigit() and len(e[2]) < 10 else 0
        unknown = bool(e[2]) and parent not in self._open
        if unknown:
            yield LevelFault("X12-837-01", "HL02 names no level above this one", segment, loop, 2, e[2])
        while self._path and not unknown and self._path[-1].number != parent:
            yield from self._closed()
        if self._path:
            above = self._path[-1]
            if above.children == "0" and above.number not in self._with_children and not unknown:
                message = "HL04 of the level above says that no level follows below it"
                yield LevelFault("X12-837-01", message, above.segment, above.loop, 4, above.children)
            self._with_children.add(above.number)
        self._path.append(_Level(self._last, e[4], segment, loop))
        self._open.add(self._last)

    def _closed(self) -> Iterator[LevelFault]:
        level = self._path.pop()
        self._open.discard(level.number)
        if level.children == "1" and level.number not in self._with_children:
            message = "HL04 says that a level follows below this one, and none does"
            yield LevelFault("X12-837-01", message, level.segment, level.loop, 4, level.children)
        self._with_children.discard(level.number)

    def end(self) -> Iterator[LevelFault]:
        """Close all levels; yield the promises not kept."""
        while self._path:
            yield from self._closed()
