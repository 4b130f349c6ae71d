"""Writes a loop document as XML, a segment a line.

The text is put together here and not through a tree, which is ten times faster.
"""

import re
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from edi_hit.formats.loops.byte_text import byte_text
from edi_hit.formats.loops.segment_form import LATIN, REGULAR, REPLACEMENT, Marks
from edi_hit.formats.loops.shape import VERSION
from edi_hit.guides import LoopNode
from edi_hit.x12 import COMPONENT, ELEMENT, REPETITION, Delimiters

NAMESPACE = "urn:edi-hit:loops"

UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1b\ufffe\uffff]")
"""Characters that XML cannot hold; a segment with one carries its bytes, and shows U+FFFD."""

_SPECIAL = re.compile("[&<>\r]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_END = "</element>"

_FLUSH_AT = 2_000
"""Lines held before they are written."""

_IDS_KEPT, _POSITIONS_KEPT = 1_000, 100
"""Start tags remembered: of so many segment ids, and of so many elements of each."""


class XmlWriter:
    """Writes to a binary stream; see `LoopWriter` for the methods."""

    unheld: re.Pattern[str] | None = UNHELD

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lines: list[str] = []
        self._open: list[str] = []
        self._indent = "\n"
        self._tags: dict[str, list[str]] = {}
        self._loops: dict[LoopNode, str] = {}

    def start(self) -> None:
        """Begin the document."""
        self._lines.append('<?xml version="1.0" encoding="UTF-8"?>')
        self._enter("x12", {"xmlns": NAMESPACE, "version": VERSION})

    def open_interchange(self, delimiters: Delimiters, end: bytes) -> None:
        """Open an interchange; `end` is how its segments end."""
        own = {
            "element-separator": delimiters.element,
            "repetition-separator": delimiters.repetition,
            "component-separator": delimiters.component,
            "segment-end": end.decode(LATIN),
        }
        self._enter("interchange", {key: byte_text(text.encode(LATIN)) for key, text in own.items() if text})

    def open_group(self) -> None:
        """Open a functional group."""
        self._enter("group", {})

    def open_transaction(self, guide: str | None) -> None:
        """Open a transaction set, of the guide of that name."""
        self._enter("transaction", {"guide": guide} if guide else {})

    def open_loop(self, node: LoopNode) -> None:
        """Open a loop."""
        start = self._loops.get(node)
        if start is None:
            start = self._loops[node] = f"<loop{_attributes({'id': node.id, 'name': node.name})}>"
        self._begin("loop", start)

    def close(self) -> None:
        """Close what was opened last."""
        self._indent = self._indent[:-1]
        self._lines.append(f"{self._indent}</{self._open.pop()}>")

    def finish(self) -> None:
        """End the document."""
        self.close()
        self._lines.append("\n")
        self._flush()

    def segment(self, text: str, marks: Marks, placed: bool) -> None:
        """Take a segment in the fixed form; `placed` is false where its guide has no place for it."""
        more = "" if marks is REGULAR and placed else _attributes(_marks(marks, placed))
        if marks.raw is not None:
            text = UNHELD.sub(REPLACEMENT, text)
        if _SPECIAL.search(text):
            text = text.translate(_ESCAPES)
        elements = text.split(ELEMENT)
        segment_id = elements[0]
        tags = self._tags_of(segment_id, len(elements))
        pairs = zip(tags, elements, strict=False)
        if COMPONENT in text or REPETITION in text:
            parts = [_element(tag, value) for tag, value in pairs if value]
        else:
            parts = [f"{tag}{value}{_END}" for tag, value in pairs if value]
        parts[0] = f'{self._indent}<segment id="{segment_id}"{more}>'
        parts.append("</segment>" if elements[-1] else f"{tags[len(elements) - 1]}{_END}</segment>")
        self._lines.append("".join(parts))
        if len(self._lines) > _FLUSH_AT:
            self._flush()

    def stray_bytes(self, raw: bytes) -> None:
        """Take bytes that are no segment."""
        self._lines.append(f"{self._indent}<bytes>{byte_text(raw).translate(_ESCAPES)}</bytes>")

    def _enter(self, tag: str, attributes: dict[str, str]) -> None:
        self._begin(tag, f"<{tag}{_attributes(attributes)}>")

    def _begin(self, tag: str, start: str) -> None:
        self._lines.append(self._indent + start)
        self._open.append(tag)
        self._indent += " "

    def _tags_of(self, segment_id: str, count: int) -> list[str]:
        """Start tags of the elements of a segment, by position."""
        tags = self._tags.get(segment_id)
        if tags is None or len(tags) < count:
            tags = [
                f'<element id="{segment_id}{number:02}">' for number in range(max(count, _POSITIONS_KEPT))
            ]
            if count <= _POSITIONS_KEPT:
                if len(self._tags) >= _IDS_KEPT:
                    self._tags.clear()
                self._tags[segment_id] = tags
        return tags

    def _flush(self) -> None:
        self._stream.write("".join(self._lines).encode("utf-8"))
        self._lines.clear()


def _attributes(values: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items())


def _marks(marks: Marks, placed: bool) -> dict[str, str]:
    found = {} if placed else {"unplaced": "true"}
    for name, mark in zip(Marks._fields, marks, strict=True):
        if mark is not None:
            found[name] = byte_text(mark) if isinstance(mark, bytes) else mark
    return found


def _element(tag: str, value: str) -> str:
    """An element that may be made of components, and once more for each of its repetitions."""
    return "".join(f"{tag}{_components(tag, one)}{_END}" for one in value.split(REPETITION))


def _components(tag: str, value: str) -> str:
    if COMPONENT not in value:
        return value
    name = tag[len('<element id="') : -len('">')]
    parts = value.split(COMPONENT)
    last = len(parts)
    return "".join(
        f'<component id="{name}-{number}">{part}</component>'
        for number, part in enumerate(parts, 1)
        if part or number == last
    )
