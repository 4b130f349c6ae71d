"""Opens what may hold X12 — a path, bytes, a binary stream, standard input, plain or gzip — as blocks."""

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from edi_hit.rules import NotX12Error

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Source = str | Path | bytes | BinaryIO

BLOCK_SIZE = 128 * 1024

_GZIP_MAGIC = b"\x1f\x8b"


@contextmanager
def open_source(source: Source) -> Iterator[BinaryIO]:
    """Open `source` for reading as one unpacked binary stream.

    `"-"` is standard input. Gzip data are known by their first two bytes, not by a name. Streams given
    are left open; files opened here are closed. Raises `OSError` where a path cannot be opened.
    """
    if isinstance(source, bytes):
        yield _unpacked(io.BytesIO(source))
    elif isinstance(source, str | Path):
        if str(source) == "-":
            yield _unpacked(sys.stdin.buffer)
        else:
            with Path(source).open("rb") as stream:
                yield _unpacked(stream)
    else:
        yield _unpacked(source)


def read_blocks(source: Source, block_size: int = BLOCK_SIZE) -> Iterator[bytes]:
    """Yield the unpacked bytes of `source` in blocks of at most `block_size` bytes.

    Raises `NotX12Error` where gzip data are damaged or cut off; what came before was yielded.
    """
    with open_source(source) as stream:
        try:
            while block := stream.read(block_size):
                yield block
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise NotX12Error("the gzip data are damaged or cut off") from error


def _unpacked(stream: BinaryIO) -> BinaryIO:
    buffered = cast("IO[bytes]", stream)
    if not hasattr(buffered, "peek"):
        buffered = io.BufferedReader(cast("io.RawIOBase", _Readable(stream)), BLOCK_SIZE)
    if buffered.peek(2)[:2] == _GZIP_MAGIC:
        return cast("BinaryIO", gzip.GzipFile(fileobj=buffered, mode="rb"))
    return cast("BinaryIO", buffered)


class _Readable(io.RawIOBase):
    """Adapts any object with `read(n)` to what `io.BufferedReader` needs."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)
