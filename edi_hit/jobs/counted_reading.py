"""Reads a file and tells how many of its bytes went by."""

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from edi_hit.formats.piece_stream import PieceStream

_BLOCK = 128 * 1024

OnBytes = Callable[[int], None]
"""Called with the number of bytes of an input read since the last call."""


def counted(stream: BinaryIO, on_bytes: OnBytes) -> BinaryIO:
    """Give a stream that reads from `stream` and tells each block."""
    return io.BufferedReader(PieceStream(_counted(stream, on_bytes)), _BLOCK)


def _counted(stream: BinaryIO, on_bytes: OnBytes) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        on_bytes(len(block))
        yield block
