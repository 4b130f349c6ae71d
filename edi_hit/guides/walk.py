"""Walks a compiled guide: from the node last matched to the node of the next segment.

Nodes of one rank may come in any order, and a node may be passed over; what is missing, repeated too often
or out of order is for the checks, not for the walk.
"""

from edi_hit.guides.node import LoopNode, Move, SegmentNode
from edi_hit.x12 import COMPONENT


def move(at: SegmentNode, elements: list[str]) -> Move | None:
    """Give the step from `at` to the node of the segment with these elements; None where none fits.

    Steps are remembered by segment id and qualifier, only for qualifiers the guide knows.
    """
    segment_id = elements[0]
    known = at.moves.get(segment_id)
    if known is not None:
        return known
    qualifier = _qualifier(segment_id, elements)
    key = f"{segment_id}*{qualifier}"
    known = at.moves.get(key)
    if known is not None:
        return known
    found = _find(at, segment_id, qualifier)
    if found is not None:
        at.moves[key if found.node.codes else segment_id] = found
    return found


def _qualifier(segment_id: str, elements: list[str]) -> str:
    position = 3 if segment_id == "HL" else 1
    if len(elements) <= position:
        return ""
    return elements[position].partition(COMPONENT)[0]


def _find(at: SegmentNode, segment_id: str, qualifier: str) -> Move | None:
    loop: LoopNode | None = at.loop
    rank, closes = at.rank, 0
    while loop is not None:
        for child in loop.children:
            if child.rank < rank:
                continue
            if isinstance(child, LoopNode):
                if child.opener.takes(segment_id, qualifier):
                    return Move(child.opener, closes, (child,))
            elif child.takes(segment_id, qualifier):
                if child is loop.opener and loop.parent is not None:
                    return Move(child, closes + 1, (loop,))
                return Move(child, closes, ())
        rank, closes, loop = loop.rank, closes + 1, loop.parent
    return None
