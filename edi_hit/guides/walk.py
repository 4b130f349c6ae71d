"""Walks a compiled guide: from the node last matched to the node of the next segment.

Nodes of one rank may come in any order, and a node may be passed over; what is missing or repeated too often
is for the checks, not for the walk. `recover` finds a place for a segment the walk has none for.
"""

from collections.abc import Callable

from edi_hit.guides.node import QUALIFIER_ELEMENT, LoopNode, Move, SegmentNode
from edi_hit.x12 import COMPONENT


def move(at: SegmentNode, elements: list[str]) -> Move | None:
    """Give the step from `at` to the node of the segment with these elements; None where none fits.

    Steps are remembered in `at.moves` by segment id; below it by element 01 where the id alone does not
    tell; those of segments told by another element (HL) under id and qualifier in one, `HL*22`. Where the
    guide does not know that one, element 01 may tell (PWK). Qualifiers the guide does not know are not
    remembered.
    """
    segment_id, qualifier = elements[0], qualifier_of(elements)
    told_later = segment_id in QUALIFIER_ELEMENT
    known = at.moves.get(f"{segment_id}*{qualifier}" if told_later else segment_id)
    if isinstance(known, Move):
        return known
    if known is not None and qualifier in known:
        return known[qualifier]
    found = _find(at, lambda node: node.takes(segment_id, qualifier))
    if found is None and told_later:
        return _find(at, lambda node: node.takes_kind(elements))
    if found is not None:
        if not found.node.codes:
            at.moves[segment_id] = found
        elif told_later:
            at.moves[f"{segment_id}*{qualifier}"] = found
        elif known is None:
            at.moves[segment_id] = {qualifier: found}
        else:
            known[qualifier] = found
    return found


def qualifier_of(elements: list[str]) -> str:
    """The text that may tell uses of a segment apart: element 01 (its first component), of some another."""
    position = QUALIFIER_ELEMENT.get(elements[0], 1)
    if len(elements) <= position:
        return ""
    return elements[position].partition(COMPONENT)[0]


def _find(at: SegmentNode, fits: Callable[[SegmentNode], bool]) -> Move | None:
    loop: LoopNode | None = at.loop
    rank, closes = at.rank, 0
    while loop is not None:
        for child in loop.children:
            if child.rank < rank:
                continue
            if isinstance(child, LoopNode):
                if fits(child.opener):
                    return Move(child.opener, closes, (child,))
            elif fits(child):
                if child is loop.opener and loop.parent is not None:
                    return Move(child, closes + 1, (loop,))
                return Move(child, closes, ())
        rank, closes, loop = loop.rank, closes + 1, loop.parent
    return None


def earlier(at: SegmentNode, elements: list[str]) -> Move | None:
    """Give the step to a place of an open loop that has been passed already: the segment is out of order.

    Never out of a unit: a stray segment of a claim must not end it, nor change the loops above it.
    """
    segment_id, qualifier = elements[0], qualifier_of(elements)
    loop: LoopNode | None = at.loop
    closes = 0
    while loop is not None:
        for child in loop.children:
            if isinstance(child, LoopNode):
                if child.opener.takes(segment_id, qualifier):
                    return Move(child.opener, closes, (child,))
            elif child is not loop.opener and child.takes(segment_id, qualifier):
                return Move(child, closes, ())
        closes, loop = closes + 1, None if loop.is_unit else loop.parent
    return None


def without_opener(at: SegmentNode, elements: list[str]) -> list[Move]:
    """Give the steps into child loops whose opening segment is missing: those of the innermost loop with any.

    Where a child loop is above units, also into its own child loops: CLP after a missing LX.
    """
    segment_id, qualifier = elements[0], qualifier_of(elements)
    loop: LoopNode | None = at.loop
    rank, closes = at.rank, 0
    while loop is not None:
        children = [child for child in loop.loops if child.rank >= rank]
        inside = [Move(node, closes, (child,)) for child in children for node in child.segments]
        below = [(child, inner) for child in children if child.holds_unit for inner in child.loops]
        inside += [Move(inner.opener, closes, (child, inner)) for child, inner in below]
        inside = [step for step in inside if step.node.takes(segment_id, qualifier)]
        if inside:
            return inside
        rank, closes, loop = loop.rank, closes + 1, None if loop.is_unit else loop.parent
    return []
