"""Finds a place for a segment the walk has none for: out of order, or in a loop whose opener is missing."""

from collections.abc import Sequence
from typing import NamedTuple

from edi_hit.guides.element import MANDATORY
from edi_hit.guides.loop import Loop
from edi_hit.guides.node import Move, SegmentNode
from edi_hit.guides.walk import earlier, without_opener


class Recovery(NamedTuple):
    """The step to the place found; `lacks_opener` where it opens a loop without its opener.

    `around` is the open loop the segment is taken into, where those inside it stay open.
    """

    step: Move
    lacks_opener: bool = False
    around: Loop | None = None


def recovered(at: SegmentNode, elements: list[str], open_loops: Sequence[Loop]) -> Recovery | None:
    """Find the place of a segment (id first) behind `at` in the loops open, outermost first; None if none."""
    step = earlier(at, elements)
    begins = _begins_again(step, open_loops[-1 - step.closes]) if step is not None else None
    if step is not None and begins is None:
        stays_open = step.closes and not step.opens
        return Recovery(step, around=open_loops[-1 - step.closes] if stays_open else None)
    step = begins or _without_opener(at, elements, open_loops)
    return Recovery(step, lacks_opener=True) if step is not None else None


def _without_opener(at: SegmentNode, elements: list[str], open_loops: Sequence[Loop]) -> Move | None:
    """The step into a loop whose opener is missing; of several the first that must come and has not."""
    steps = without_opener(at, elements)
    if len(steps) > 1:
        seen = open_loops[-1 - steps[0].closes].seen_loops
        steps = [s for s in steps if s.opens[0].usage == MANDATORY and not seen & s.opens[0].bit]
    return steps[0] if steps else None


def _begins_again(step: Move, loop: Loop) -> Move | None:
    """The step into a new loop of the same kind, for a segment that comes again behind its opener.

    A second SV1 means a service line whose LX is missing, not a line with two SV1.
    """
    came = loop.seen & step.node.bit
    if step.opens or step.node.ordinal != 1 or not came or loop.node.max_use == 1 or loop.node.holds_unit:
        return None
    if step.node.max_use != 1:
        return None
    return Move(step.node, step.closes + 1, (loop.node,))
