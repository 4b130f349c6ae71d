"""The copy writer: emits what was read, byte for byte, faulty or not."""

from collections.abc import Iterable
from typing import BinaryIO

from edi_hit.x12.reader import read_segments
from edi_hit.x12.segment import Segment
from edi_hit.x12.source import Source


class CopyWriter:
    """Writes segments to a binary stream exactly as they were read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, segments: Iterable[Segment]) -> int:
        """Write `segments`; give the number of bytes written."""
        total = 0
        for segment in segments:
            total += self._stream.write(segment.raw)
        return total


def copy(source: Source, stream: BinaryIO) -> int:
    """Copy the X12 of `source` to `stream` through the reader; give the number of bytes written.

    The bytes written equal the (unpacked) bytes read. Raises `NotX12Error` as `read_segments` does.
    """
    return CopyWriter(stream).write(read_segments(source))
