"""Follows a transaction set through its guide, segment by segment, without keeping or checking anything.

It opens and closes the same loops as `loop_builder` (a test holds them against each other), in a sixth of its
time: enough for whoever copies a file into another form.
"""

from edi_hit.guides.guide import Guide
from edi_hit.guides.loop import Loop
from edi_hit.guides.node import LoopNode, Move
from edi_hit.guides.recovery import recovered
from edi_hit.guides.walk import move


class LoopPath:
    """The loops open after each segment of one set; give `step` the segments that follow ST, in order."""

    def __init__(self, guide: Guide) -> None:
        self._at = guide.root.opener
        self._open = [Loop(guide.root, seen=guide.root.opener.bit)]

    def step(self, elements: list[str]) -> Move | None:
        """Say which loops close and which open before a segment (id first); None where it has no place.

        One that belongs to a loop around the innermost, which stays open, closes none.
        """
        known = self._at.moves.get(elements[0])
        if isinstance(known, dict):
            known = known.get(elements[1]) if len(elements) > 1 else None
        step = known or move(self._at, elements)
        if step is None:
            found = recovered(self._at, elements, self._open)
            if found is None:
                return None
            step = found.step
            if found.around is not None:
                found.around.seen |= step.node.bit
                return Move(step.node, 0, ())
        self._at = step.node
        if step.crosses:
            del self._open[len(self._open) - step.closes :]
            for node in step.opens:
                self._enter(node)
        self._open[-1].seen |= step.node.bit
        return step

    def _enter(self, node: LoopNode) -> None:
        """Open a loop. What had to come before one that leads to units is asked for only once."""
        above = self._open[-1]
        above.seen_loops |= node.bit
        if node.is_unit or node.holds_unit:
            segments, loops = node.required_before
            above.seen |= segments
            above.seen_loops |= loops
        self._open.append(Loop(node, seen=node.opener.bit))
