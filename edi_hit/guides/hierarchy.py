"""Checks the hierarchical levels (HL) of a transaction set: numbers, parents, and promised children.

Holds the numbers of the levels that may still get children, and of those whose promise is open.
"""

from collections.abc import Iterator

import msgspec

from edi_hit.x12 import Segment


class LevelFault(msgspec.Struct, frozen=True):
    """What is wrong with an HL segment: rule, message, element and its value."""

    rule: str
    message: str
    segment: Segment
    element: int
    value: str | None = None


class Hierarchy:
    """The levels of one set so far (X12-837-01)."""

    def __init__(self) -> None:
        self._last = 0
        self._path: list[tuple[int, str, Segment]] = []
        self._with_children: set[int] = set()

    def add(self, elements: list[str], segment: Segment) -> Iterator[LevelFault]:
        """Take the next HL; yield what is wrong with it and with the levels it closes."""
        e = [*elements, "", "", "", ""]
        self._last += 1
        if e[1] != str(self._last):
            message = f"HL01 is not {self._last}: levels are numbered from 1, one by one"
            yield LevelFault("X12-837-01", message, segment, 1, e[1])
        parent = int(e[2]) if e[2].isascii() and e[2].isdigit() and len(e[2]) < 10 else 0
        if e[2] and all(level != parent for level, _, _ in self._path):
            yield LevelFault("X12-837-01", "HL02 names no level above this one", segment, 2, e[2])
            parent = self._path[-1][0] if self._path else 0
        while self._path and self._path[-1][0] != parent:
            yield from self._closed()
        if self._path:
            level, children, above = self._path[-1]
            if children == "0" and level not in self._with_children:
                message = "HL04 of the level above says that no level follows below it"
                yield LevelFault("X12-837-01", message, above, 4, children)
            self._with_children.add(level)
        self._path.append((self._last, e[4], segment))

    def _closed(self) -> Iterator[LevelFault]:
        level, children, segment = self._path.pop()
        if children == "1" and level not in self._with_children:
            message = "HL04 says that a level follows below this one, and none does"
            yield LevelFault("X12-837-01", message, segment, 4, children)
        self._with_children.discard(level)

    def end(self) -> Iterator[LevelFault]:
        """Close all levels; yield the promises not kept."""
        while self._path:
            yield from self._closed()
