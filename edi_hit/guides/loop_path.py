"""Follows a transaction set through its guide, segment by segment, without keeping or checking anything.

It opens and closes the same loops as `loop_builder` (a test holds them against each other), in a sixth of its
time: enough for whoever copies a file into another form.
"""

from edi_hit.guides.guide import Guide
from edi_hit.guides.node import LoopNode, Move
from edi_hit.guides.walk import earlier, move, without_opener


class LoopPath:
    """The loops open after each segment of one set; give `step` the segments that follow ST, in order."""

    def __init__(self, guide: Guide) -> None:
        self._at = guide.root.opener
        self._open = [guide.root]
        self._seen = [guide.root.opener.bit]

    def step(self, elements: list[str]) -> Move | None:
        """Say which loops close and which open before a segment (id first); None where it has no place.

        One that belongs to a loop around the innermost, which stays open, closes none.
        """
        known = self._at.moves.get(elements[0])
        if isinstance(known, dict):
            known = known.get(elements[1]) if len(elements) > 1 else None
        step = known or move(self._at, elements)
        if step is None:
            step = earlier(self._at, elements)
            if step is not None:
                begins = self._begins_again(step)
                if begins is None and step.closes and not step.opens:
                    self._seen[-1 - step.closes] |= step.node.bit
                    return Move(step.node, 0, ())
                step = begins or step
            else:
                step = without_opener(self._at, elements)
        if step is not None:
            self._follow(step)
        return step

    def _begins_again(self, step: Move) -> Move | None:
        """The step into a new loop of the same kind, for a segment that comes again behind its opener."""
        loop = self._open[-1 - step.closes]
        came = self._seen[-1 - step.closes] & step.node.bit
        if step.opens or step.node.ordinal != 1 or not came or loop.max_use == 1 or loop.holds_unit:
            return None
        return Move(step.node, step.closes + 1, (loop,))

    def _follow(self, step: Move) -> None:
        self._at = step.node
        if step.crosses:
            if step.closes:
                del self._open[-step.closes :], self._seen[-step.closes :]
            for node in step.opens:
                self._enter(node)
        self._seen[-1] |= step.node.bit

    def _enter(self, node: LoopNode) -> None:
        self._open.append(node)
        self._seen.append(node.opener.bit)
