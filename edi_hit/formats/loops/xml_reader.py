"""Reads a loop document in XML to X12, a block at a time; nothing of it is kept."""

from collections.abc import Iterator
from typing import BinaryIO

from edi_hit.formats.loops.segment_form import is_segment
from edi_hit.formats.loops.segment_reading import SegmentReader, number_in, stray_bytes
from edi_hit.formats.loops.shape import MARKS, MAX_DEPTH, MAX_ITEM, REQUIRED, TOLD, VERSION, WITHIN
from edi_hit.formats.loops.xml_writer import NAMESPACE
from edi_hit.formats.xml_feed import BLOCK, XmlFeed
from edi_hit.x12 import COMPONENT, ELEMENT, MAX_SEGMENT, REPETITION

_IDS_KEPT = 1_000
"""Segment ids whose element ids are remembered."""


_CHILDREN = {
    "": ("x12",),
    **WITHIN,
    "segment": ("element",),
    "element": ("component",),
    "component": (),
    "bytes": (),
}
_SCHEMA_LOCATION = "http://www.w3.org/2001/XMLSchema-instance schemaLocation"
_ATTRIBUTES: dict[str, set[str]] = {
    "x12": {"version", _SCHEMA_LOCATION},
    **{part: {name.replace("_", "-") for name in told} for part, told in TOLD.items()},
    "segment": {"id", *MARKS},
    "element": {"id"},
    "component": {"id"},
    "bytes": set(),
}
_REQUIRED = {
    tag: known & ({name.replace("_", "-") for name in REQUIRED} | {"version"})
    for tag, known in _ATTRIBUTES.items()
}
_TAGS = {f"{NAMESPACE} {tag}": tag for tag in _CHILDREN if tag}


def read_xml(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the X12 that the loop document in `stream` holds, piece by piece.

    Raises `DocumentError` with line and column where the document is not a loop document, breaks its form,
    or is cut off.
    """
    reader = _XmlReader()
    while block := stream.read(BLOCK):
        yield reader.feed(block)
    yield reader.end()


class _XmlReader:
    """The elements open, and the segment being read."""

    def __init__(self) -> None:
        self._xml = XmlFeed(self._start, self._end)
        self._data = self._xml.data
        self._error = self._xml.error
        self._segments = SegmentReader()
        self._open = [""]
        self._out: list[bytes] = []
        self._id = ""
        self._known: dict[str, dict[str, int]] = {}
        self._numbers: dict[str, int] = {}
        self._marks: dict[str, str] = {}
        self._text: list[str] = []
        self._values: list[str] = []
        self._element_id = ""
        self._at = self._component = self._separators = 0

    def feed(self, block: bytes) -> bytes:
        """Take the next bytes of the document; give the X12 they complete."""
        self._xml.feed(block)
        if sum(map(len, self._values)) > MAX_ITEM or len(self._text) > MAX_ITEM:
            raise self._error("a segment is longer than any can be")
        return self._taken()

    def end(self) -> bytes:
        """Say that the document has ended; give the X12 still to come."""
        self._xml.end()
        try:
            self._segments.check_begun()
        except ValueError as error:
            raise self._error(str(error)) from None
        return self._taken()

    def _taken(self) -> bytes:
        data = b"".join(self._out)
        self._out.clear()
        return data

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag, around = _TAGS.get(name), self._open[-1]
        if tag is None or tag not in _CHILDREN[around]:
            raise self._error(_misplaced(name, tag, around))
        if self._data:
            self._xml.no_text()
        if not _REQUIRED[tag] <= attributes.keys() <= _ATTRIBUTES[tag]:
            raise self._error(f"{tag} has an attribute it does not know, or lacks one")
        self._open.append(tag)
        if tag == "element":
            self._start_element(attributes["id"])
        elif tag == "component":
            self._start_component(attributes["id"])
        elif tag == "segment":
            self._start_segment(attributes)
        elif tag == "interchange":
            self._start_interchange(attributes)
        elif tag == "x12" and attributes["version"] != VERSION:
            raise self._error(f"the version is not {VERSION}, the one this release reads")
        elif len(self._open) > MAX_DEPTH:
            raise self._error("loops are nested deeper than in any guide")

    def _start_interchange(self, attributes: dict[str, str]) -> None:
        stated = {name.replace("-", "_"): text for name, text in attributes.items()}
        try:
            self._segments.open_interchange(stated)
        except ValueError as error:
            raise self._error(str(error)) from None

    def _start_segment(self, attributes: dict[str, str]) -> None:
        self._id = attributes.pop("id")
        if not is_segment(self._id):
            raise self._error("the id of a segment is a letter and one or two letters or digits")
        self._marks = attributes
        self._text, self._values = [self._id], []
        self._numbers = self._known.get(self._id) or self._numbers_of(self._id)
        self._at = self._separators = 0

    def _numbers_of(self, segment_id: str) -> dict[str, int]:
        """The numbers of elements by their ids, for segments with that id."""
        if len(self._known) >= _IDS_KEPT:
            self._known.clear()
        numbers = {f"{segment_id}{number:02}": number for number in range(1, 100)}
        self._known[segment_id] = numbers
        return numbers

    def _start_element(self, name: str) -> None:
        number = self._numbers.get(name) or number_in(name, self._id, 2)
        if number is None or number < max(self._at, 1):
            raise self._error("the id of an element is that of its segment and its number, in order")
        self._element_id, self._component = name, 0
        if number == self._at + 1:
            self._text.append(ELEMENT)
        elif number == self._at:
            self._text.append(REPETITION)
        else:
            self._separate(ELEMENT, number - self._at)
        self._at = number

    def _start_component(self, name: str) -> None:
        number = number_in(name, f"{self._element_id}-", 1)
        if number is None or number <= self._component:
            raise self._error("the id of a component is that of its element, - and its number, in order")
        self._separate(COMPONENT, number - max(self._component, 1))
        self._component = number

    def _separate(self, separator: str, count: int) -> None:
        self._separators += count
        if self._separators > MAX_SEGMENT:
            raise self._error("a segment has more elements than any can hold")
        self._text.append(separator * count)

    def _end(self, name: str) -> None:
        tag = self._open.pop()
        if tag == "component" or (tag == "element" and not self._component):
            self._text += self._data
            self._values += self._data
            self._data.clear()
        elif tag == "bytes":
            self._end_bytes()
        else:
            self._xml.no_text()
            if tag == "segment":
                self._end_segment()

    def _end_segment(self) -> None:
        text, values = "".join(self._text), "".join(self._values)
        try:
            self._out.append(self._segments.segment(text, values, self._marks))
        except ValueError as error:
            raise self._error(str(error)) from None

    def _end_bytes(self) -> None:
        try:
            self._out.append(stray_bytes("".join(self._data)))
        except ValueError as error:
            raise self._error(str(error)) from None
        self._data.clear()


def _misplaced(name: str, tag: str | None, around: str) -> str:
    """What is wrong with a tag that may not stand where it does."""
    if tag is not None:
        return (
            f"{tag} may not stand in {around}" if around else f"the document begins with {tag}, not with x12"
        )
    if name.startswith(f"{NAMESPACE} "):
        return "an element that no loop document has"
    return f"an element that is not in the namespace {NAMESPACE}"
