"""Writes a composed loop in the order of its guide, where a segment may stand after a child loop (IK5)."""

from edi_hit.guides import Loop
from edi_hit.x12 import SegmentSink


def put_loop(writer: SegmentSink, loop: Loop) -> None:
    """Write the segments and child loops of `loop`, those of one position as they were composed."""
    pieces: list[tuple[int, list[str] | Loop]] = [(n.rank, elements) for n, elements, _ in loop.segments]
    pieces += [(child.node.rank, child) for child in loop.loops]
    for _, piece in sorted(pieces, key=lambda placed: placed[0]):
        if isinstance(piece, Loop):
            put_loop(writer, piece)
        else:
            writer.segment(piece)
