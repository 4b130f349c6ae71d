"""A loop as it was read or composed: its segments, its child loops, and segments no node took."""

from __future__ import annotations

from edi_hit.guides.node import LoopNode, SegmentNode
from edi_hit.x12 import Segment

Placed = tuple[SegmentNode, list[str], Segment | None]
"""A segment in its loop: its node, its elements (id first), and the segment as read (None when composed)."""


class Loop:
    """One occurrence of a loop.

    `parent` is the loop above a unit and above the loops that hold units; inside a unit it is None, since
    there the loop above holds its child loops. So no loop holds itself, and all are freed as soon as they
    are let go. `seen` has a bit for each segment node that came, `seen_loops` for each child loop;
    `counts` how often those came that may have come too often.
    """

    __slots__ = ("counts", "loops", "node", "parent", "seen", "seen_loops", "segments", "unplaced")

    def __init__(self, node: LoopNode, parent: Loop | None = None, seen: int = 0) -> None:
        self.node = node
        self.parent = parent
        self.segments: list[Placed] = []
        self.loops: list[Loop] = []
        self.unplaced: list[Segment] = []
        self.seen = seen
        self.seen_loops = 0
        self.counts: dict[SegmentNode | LoopNode, int] | None = None

    @property
    def id(self) -> str:
        """The loop id, e.g. `2300`."""
        return self.node.id

    def opener_element(self, position: int) -> str:
        """An element of the segment that opens the loop; empty where that or the segment is missing."""
        if not self.segments or self.segments[0][0] is not self.node.opener:
            return ""
        elements = self.segments[0][1]
        return elements[position] if len(elements) > position else ""

    def above(self, loop_id: str) -> Loop | None:
        """The nearest loop of that id above a unit, the unit itself included."""
        loop: Loop | None = self
        while loop is not None and loop.node.id != loop_id:
            loop = loop.parent
        return loop

    def count(self, node: SegmentNode | LoopNode) -> int:
        """Count one more occurrence of `node`, which came before; give how many came.

        The first time, those held are counted.
        """
        if self.counts is None:
            self.counts = {}
        came = self.counts.get(node) or self._held(node) or 1
        self.counts[node] = came + 1
        return came + 1

    def _held(self, node: SegmentNode | LoopNode) -> int:
        if isinstance(node, SegmentNode):
            return sum(placed[0] is node for placed in self.segments)
        return sum(child.node is node for child in self.loops)
