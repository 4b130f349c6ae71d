"""Writes a composed loop in the order of its guide, where a segment may stand after a child loop (IK5)."""

from edi_hit.guides import Loop
from edi_hit.x12 import SegmentSink, fixed_form


def put_loop(writer: SegmentSink, loop: Loop) -> None:
    """Write the segments and child loops of `loop`, those of one position as they were composed."""
    texts: list[str] = []
    add_loop(loop, texts)
    writer.segments(texts)


def add_loop(loop: Loop, texts: list[str]) -> None:
    """Add what `put_loop` writes to `texts`, in the fixed form."""
    children, put = loop.loops, 0
    for node, elements, _ in loop.segments:
        while put < len(children) and children[put].node.rank < node.rank:
            add_loop(children[put], texts)
            put += 1
        texts.append(fixed_form(elements))
    for child in children[put:]:
        add_loop(child, texts)
