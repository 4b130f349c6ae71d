"""The log of a drop: one JSON object a line, of what happened to which file. No data of patients."""

import re
import threading
from datetime import UTC, datetime
from typing import TextIO

import msgspec

from edi_hit.ledger import DropFile

_CONTROL_NUMBER = re.compile(r"[0-9]{9}")
_LONGEST_LIST = 20


class DropLog:
    """Writes to a stream. What is written of a file is its number, its digest, counts and control numbers.

    Its name is not: partners put names of patients there.
    """

    def __init__(self, stream: TextIO, worker: str) -> None:
        self._stream = stream
        self._worker = worker
        self._lock = threading.Lock()
        self._encoder = msgspec.json.Encoder()

    def tell(self, event: str, file: DropFile | None = None, **facts: str | int) -> None:
        """Write one line."""
        line: dict[str, object] = {"at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}", "event": event}
        line["worker"] = self._worker
        if file is not None:
            line |= {"folder": file.folder, "file": file.number}
            if file.sha256 is not None:
                line["sha256"] = file.sha256
        text = self._encoder.encode(line | facts).decode()
        with self._lock:
            self._stream.write(text + "\n")
            self._stream.flush()


def control_numbers(numbers: list[str]) -> str:
    """Control numbers as they may stand in a log: those of nine digits, the first of many."""
    shown = [number for number in numbers[:_LONGEST_LIST] if _CONTROL_NUMBER.fullmatch(number)]
    return " ".join(shown)
