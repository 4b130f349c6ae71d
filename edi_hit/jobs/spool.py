"""Objects kept on disk while a job runs, so that memory does not grow with its input."""

import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class Spool(Generic[T]):
    """A list on disk: appended to, then read by index. Eight bytes of memory an item.

    The file has no name, is readable by its owner alone, and is gone when the spool is closed or the
    process ends.
    """

    def __init__(self, item_type: type[T], folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by __exit__
        self._offsets = array("Q")
        self._end = 0
        self._at_end = True
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(item_type)

    def append(self, item: T) -> int:
        """Add an item; give its index."""
        data = self._encoder.encode(item)
        if not self._at_end:
            self._file.seek(self._end)
            self._at_end = True
        self._file.write(data)
        self._offsets.append(self._end)
        self._end += len(data)
        return len(self._offsets) - 1

    def __len__(self) -> int:
        return len(self._offsets)

    def __getitem__(self, index: int) -> T:
        self._at_end = False
        start = self._offsets[index]
        end = self._offsets[index + 1] if index + 1 < len(self._offsets) else self._end
        self._file.seek(start)
        return self._decoder.decode(self._file.read(end - start))

    def __iter__(self) -> Iterator[T]:
        for index in range(len(self)):
            yield self[index]

    def __enter__(self) -> "Spool[T]":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
