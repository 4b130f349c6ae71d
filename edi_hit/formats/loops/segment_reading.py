"""A loop document to X12: gives the bytes of each segment it shows, and refuses what no segment can hold."""

import re

from edi_hit.formats.loops.byte_text import text_bytes
from edi_hit.formats.loops.segment_form import (
    LATIN,
    REPLACEMENT,
    UTF,
    delimiters_of,
    text_of,
    values_bytes,
)
from edi_hit.formats.loops.shape import SEGMENT_END, SEPARATORS
from edi_hit.formats.loops.xml_writer import UNHELD
from edi_hit.x12 import COMPONENT, MAX_SEGMENT, REPETITION, TERMINATOR, Delimiters

_MAX_DIGITS = 5
_BEFORE = re.compile("[\r\n\t ]*")
_END = re.compile(f"(?:{TERMINATOR}[\r\n\t ]*)?")


class SegmentReader:
    """The interchange being read. Its methods raise `ValueError` saying what is wrong, without data."""

    def __init__(self) -> None:
        self._delimiters: Delimiters | None = None
        self._end = b""
        self._clash = re.compile("")
        self._begun = False

    def open_interchange(self, stated: dict[str, str]) -> None:
        """Begin an interchange with the separators and the segment end that a document states."""
        if self._delimiters is not None:
            self.check_begun()
        held = {name: _bytes(text, name).decode(LATIN) for name, text in stated.items()}
        end = held.get(SEGMENT_END, "")
        own = [held.get(name) for name in SEPARATORS]
        if not own[0] or not end or any(text is not None and len(text) != 1 for text in own):
            raise ValueError("an interchange states its separators, one character each, and its segment end")
        self._delimiters = Delimiters(own[0], own[2], end[0], own[1])
        self._end = end.encode(LATIN)
        characters = "".join(text for text in own if text) + end[0]
        self._clash = re.compile(f"[{re.escape(characters)}\r\n\x1c-\x1f]")
        self._begun = False

    def check_begun(self) -> None:
        """Raise `ValueError` where no interchange has come, or the last one is without its ISA."""
        if not self._begun:
            raise ValueError("there is no interchange that begins with an ISA")

    def segment(self, text: str, values: str, marks: dict[str, str]) -> bytes:
        """Give the bytes of the segment with this text in the fixed form.

        `values` is all its data without separators; `marks` are those it carries (`shape.MARKS`).
        """
        if self._delimiters is None:
            raise ValueError("a segment stands outside any interchange")
        if marks.get("unplaced", "true") != "true":
            raise ValueError("unplaced is true or left out")
        if not self._begun:
            return self._isa(text, self._delimiters, marks)
        if "raw" in marks:
            return self._raw(text, self._delimiters, marks["raw"])
        if text.startswith("ISA"):
            raise ValueError("an ISA stands inside an interchange, where it begins one of its own")
        if self._clash.search(values):
            raise ValueError("a value holds a delimiter, a line break or a control character")
        return self._written(text, self._delimiters, marks)

    def _isa(self, text: str, delimiters: Delimiters, marks: dict[str, str]) -> bytes:
        """The first segment, from which whoever reads the X12 takes the delimiters."""
        if not text.startswith("ISA"):
            raise ValueError("the first segment of an interchange is not its ISA")
        if "raw" in marks:
            data = self._raw(text, delimiters, marks["raw"])
        else:
            data = self._written(text, delimiters, marks)
        if delimiters_of(data) != delimiters or not _shows(data, text, delimiters):
            raise ValueError("the ISA does not set the delimiters stated for the interchange")
        self._begun = True
        return data

    def _raw(self, text: str, delimiters: Delimiters, raw: str) -> bytes:
        data = _bytes(raw, "raw")
        if not _shows(data, text, delimiters):
            raise ValueError("the values and the raw bytes disagree; leave raw out to write the values")
        return data

    def _written(self, text: str, delimiters: Delimiters, marks: dict[str, str]) -> bytes:
        """The values joined, and the end."""
        encoding = marks.get("encoding", UTF)
        if marks.get("encoding", LATIN) != LATIN:
            raise ValueError("encoding is latin-1 or left out")
        if (COMPONENT in text and not delimiters.component) or (
            REPETITION in text and not delimiters.repetition
        ):
            raise ValueError("a separator is needed that the interchange does not have")
        data = values_bytes(text, delimiters, encoding)
        if not data:
            raise ValueError("a value holds a character outside latin-1")
        if len(data) > MAX_SEGMENT:
            raise ValueError(f"a segment is longer than {MAX_SEGMENT} bytes")
        before = _blanks(marks.get("before", ""), "before", _BEFORE, delimiters)
        end = _blanks(marks["end"], "end", _END, delimiters) if "end" in marks else self._end
        data = before + data + end
        if not text.isascii() and not _shows(data, text, delimiters):
            raise ValueError("a value holds a character that cannot be told from a delimiter")
        return data


def _blanks(text: str, name: str, form: re.Pattern[str], delimiters: Delimiters) -> bytes:
    data = _bytes(text, name)
    if not form.fullmatch(data.translate(delimiters.to_normal).decode(LATIN)):
        raise ValueError("before holds blanks, end a terminator and blanks, and nothing else")
    return data


def number_in(name: str, prefix: str, digits: int) -> int | None:
    """The number behind `prefix` in the id of an element or component; None where it is no such id."""
    rest = name[len(prefix) :]
    if not name.startswith(prefix) or not (rest.isascii() and rest.isdigit()) or len(rest) > _MAX_DIGITS:
        return None
    number = int(rest)
    return number if number and f"{number:0{digits}}" == rest else None


def stray_bytes(text: str) -> bytes:
    """Give the bytes that are no segment, from the text a document shows for them."""
    return _bytes(text, "bytes")


def _bytes(text: str, name: str) -> bytes:
    try:
        return text_bytes(text)
    except ValueError:
        raise ValueError(f"{name} holds a character that is not printable ASCII, or a wrong escape") from None


def _shows(data: bytes, text: str, delimiters: Delimiters) -> bool:
    """Whether reading `data` shows `text` in a document, some of which cannot show every character."""
    shown = text_of(data, delimiters)
    return text in (shown, UNHELD.sub(REPLACEMENT, shown))
