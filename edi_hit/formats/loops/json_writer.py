"""Writes a loop document as JSON, a segment a line."""

import re
from typing import BinaryIO

import msgspec

from edi_hit.formats.loops.byte_text import byte_text
from edi_hit.formats.loops.segment_form import LATIN, REGULAR, Marks
from edi_hit.formats.loops.shape import VERSION
from edi_hit.guides import LoopNode
from edi_hit.x12 import COMPONENT, ELEMENT, REPETITION, Delimiters

FORMAT = "edi-hit loops"

_FLUSH_AT = 2_000
_IDS_KEPT, _POSITIONS_KEPT = 1_000, 100

_encode = msgspec.json.Encoder().encode


class JsonWriter:
    """Writes to a binary stream; see `LoopWriter` for the methods."""

    unheld: re.Pattern[str] | None = None

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lines: list[bytes] = []
        self._break = b""
        self._names: dict[str, list[str]] = {}
        self._loops: dict[LoopNode, bytes] = {}

    def start(self) -> None:
        """Begin the document."""
        self._open(_encode({"format": FORMAT, "version": VERSION}))

    def open_interchange(self, delimiters: Delimiters, end: bytes) -> None:
        """Open an interchange; `end` is how its segments end."""
        own = {
            "element_separator": delimiters.element,
            "repetition_separator": delimiters.repetition,
            "component_separator": delimiters.component,
            "segment_end": end.decode(LATIN),
        }
        held = {name: byte_text(text.encode(LATIN)) for name, text in own.items() if text}
        self._open(_encode({"interchange": held}))

    def open_group(self) -> None:
        """Open a functional group."""
        self._open(_encode({"group": {}}))

    def open_transaction(self, guide: str | None) -> None:
        """Open a transaction set, of the guide of that name."""
        self._open(_encode({"transaction": {"guide": guide} if guide else {}}))

    def open_loop(self, node: LoopNode) -> None:
        """Open a loop."""
        head = self._loops.get(node)
        if head is None:
            head = self._loops[node] = _encode({"loop": {"id": node.id, "name": node.name}})
        self._open(head)

    def close(self) -> None:
        """Close what was opened last."""
        self._lines.append(b"\n]}")
        self._break = b",\n"

    def finish(self) -> None:
        """End the document."""
        self._lines.append(b"\n]}\n")
        self._flush()

    def segment(self, text: str, marks: Marks, placed: bool) -> None:
        """Take a segment in the fixed form; `placed` is false where its guide has no place for it."""
        elements = text.split(ELEMENT)
        pairs = zip(self._names_of(elements[0], len(elements)), elements, strict=False)
        if COMPONENT in text or REPETITION in text:
            item: dict[str, object] = {name: _value(value) for name, value in pairs if value}
        else:
            item = {name: value for name, value in pairs if value}
        if not elements[-1]:
            item[f"{elements[0]}{len(elements) - 1:02}"] = ""
        if marks is not REGULAR or not placed:
            item |= _marks(marks, placed)
        self._line(_encode(item))

    def stray_bytes(self, raw: bytes) -> None:
        """Take bytes that are no segment."""
        self._line(_encode({"bytes": byte_text(raw)}))

    def _open(self, head: bytes) -> None:
        self._line(head[:-1] + b',"within":[')
        self._break = b"\n"

    def _line(self, line: bytes) -> None:
        self._lines.append(self._break + line)
        self._break = b",\n"
        if len(self._lines) > _FLUSH_AT:
            self._flush()

    def _names_of(self, segment_id: str, count: int) -> list[str]:
        """Keys of a segment: its kind, then its elements by position."""
        names = self._names.get(segment_id)
        if names is None or len(names) < count:
            positions = range(1, max(count, _POSITIONS_KEPT))
            names = ["segment", *(f"{segment_id}{number:02}" for number in positions)]
            if count <= _POSITIONS_KEPT:
                if len(self._names) >= _IDS_KEPT:
                    self._names.clear()
                self._names[segment_id] = names
        return names

    def _flush(self) -> None:
        self._stream.write(b"".join(self._lines))
        self._lines.clear()


def _value(value: str) -> str | list[str] | list[list[str]]:
    """What an element holds: a text, a list of components, or a list of repetitions of these."""
    if REPETITION in value:
        return [one.split(COMPONENT) for one in value.split(REPETITION)]
    return value.split(COMPONENT) if COMPONENT in value else value


def _marks(marks: Marks, placed: bool) -> dict[str, object]:
    found: dict[str, object] = {} if placed else {"unplaced": True}
    for name, mark in zip(Marks._fields, marks, strict=True):
        if mark is not None:
            found[name] = byte_text(mark) if isinstance(mark, bytes) else mark
    return found
