"""Objects kept on disk while a job runs, so that memory does not grow with its input."""

import os
import tempfile
from array import array
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")

Stretch = tuple[int, bytes]
"""Items that follow one another in the file of a spool: the first byte, and the array (of "I") of lengths."""

_BUFFER = 1 << 16
"""Bytes gathered before they are written to disk."""
_AT_ONCE = 1 << 18
"""Bytes read at once where all items are read in order."""


class Spool(Generic[T]):
    """A list on disk: appended to, then read by index. Eight bytes of memory an item.

    The file has no name, is readable by its owner alone, and is gone when the spool is closed or the
    process ends. Processes forked from this one can read it at the same time.
    """

    def __init__(self, item_type: type[T], folder: Path) -> None:
        self._file = tempfile.TemporaryFile(buffering=_BUFFER, dir=folder)  # noqa: SIM115 - closed by __exit__
        self._offsets = array("Q", [0])
        self._is_on_disk = True
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(item_type)

    def append(self, item: T) -> int:
        """Add an item; give its index."""
        data = self._encoder.encode(item)
        self._is_on_disk = False
        self._file.write(data)
        self._offsets.append(self._offsets[-1] + len(data))
        return len(self._offsets) - 2

    def take_out(self) -> Stretch:
        """Hold no items any more; give where they are, for the process this one was forked from."""
        self.flush()
        offsets = self._offsets
        lengths = array("I", [offsets[i + 1] - offsets[i] for i in range(len(self))])
        self._offsets = array("Q", offsets[-1:])
        return offsets[0], lengths.tobytes()

    def hold(self, stretch: Stretch) -> None:
        """Hold the items that a process forked from this one has put there, and no others."""
        start, lengths = stretch
        self._offsets = array("Q", accumulate(array("I", lengths), initial=start))

    def extend(self, other: "Spool[T]") -> None:
        """Add all items of another spool."""
        start, end, shift = other._offsets[0], other._offsets[-1], self._offsets[-1] - other._offsets[0]
        other.flush()
        for at in range(start, end, _AT_ONCE):
            self._file.write(os.pread(other._file.fileno(), min(_AT_ONCE, end - at), at))
        self._is_on_disk = False
        self._offsets.extend([offset + shift for offset in other._offsets[1:]])

    def flush(self) -> None:
        """Put on disk what was added: before other processes read it."""
        if not self._is_on_disk:
            self._file.flush()
            self._is_on_disk = True

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, index: int) -> T:
        self.flush()
        start = self._offsets[index]
        return self._decoder.decode(os.pread(self._file.fileno(), self._offsets[index + 1] - start, start))

    def __iter__(self) -> Iterator[T]:
        block, start = b"", 0
        for index in range(len(self)):
            first, last = self._offsets[index], self._offsets[index + 1]
            if last > start + len(block):
                self.flush()
                block, start = os.pread(self._file.fileno(), max(_AT_ONCE, last - first), first), first
            yield self._decoder.decode(block[first - start : last - start])

    def __enter__(self) -> "Spool[T]":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
