"""Writes a composed loop in the order of its guide, where a segment may stand after a child loop (IK5)."""

from edi_hit.guides import Loop
from edi_hit.x12 import SegmentSink, fixed_form


def put_loop(writer: SegmentSink, loop: Loop, before: tuple[str, ...] = ()) -> None:
    """Write the segments and child loops of `loop`, those of one position as they were composed.

    `before` are texts, in the fixed form, of segments that come before it.
    """
    texts = list(before)
    _add(loop, texts)
    writer.segments(texts)


def _add(loop: Loop, texts: list[str]) -> None:
    children, put = loop.loops, 0
    for node, elements, _ in loop.segments:
        while put < len(children) and children[put].node.rank < node.rank:
            _add(children[put], texts)
            put += 1
        texts.append(fixed_form(elements))
    for child in children[put:]:
        _add(child, texts)
