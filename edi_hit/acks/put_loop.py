"""Writes a composed loop in the order of its guide, where a segment may stand after a child loop (IK5)."""

from edi_hit.guides import Loop
from edi_hit.x12 import SegmentSink


def put_loop(writer: SegmentSink, loop: Loop) -> None:
    """Write the segments and child loops of `loop`, those of one position as they were composed."""
    children, put = loop.loops, 0
    for node, elements, _ in loop.segments:
        while put < len(children) and children[put].node.rank < node.rank:
            put_loop(writer, children[put])
            put += 1
        writer.segment(elements)
    for child in children[put:]:
        put_loop(writer, child)
