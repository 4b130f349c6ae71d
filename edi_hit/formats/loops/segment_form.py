"""What a segment shows in a document, and what else is needed to give its exact bytes back.

A regular segment needs nothing else: its values joined by the delimiters of the interchange, in UTF-8, and
the interchange's segment end. `Marks` say what differs.
"""

import re
from typing import NamedTuple

from edi_hit.x12 import (
    COMPONENT,
    ELEMENT,
    REPETITION,
    TERMINATOR,
    Delimiters,
    Flaw,
    Segment,
    clean_text,
    read_isa,
)

SEGMENT_ID = "[A-Z][A-Z0-9]{1,2}"
"""The form of a segment id, as Python, XSD and JSON Schema all read it."""

REPLACEMENT = "\ufffd"
"""Stands for a character that cannot be shown."""

UTF, LATIN = "utf-8", "latin-1"
ENCODINGS = (UTF, LATIN)

_BLANKS = "\r\n\t "
_SEGMENT = re.compile(f"{SEGMENT_ID}(?:{ELEMENT}|$)")
_UNSHOWN_IN_ISA = dict.fromkeys(map(ord, TERMINATOR + REPETITION + COMPONENT), REPLACEMENT)
_AFTER_ISA = b"GS"
"""What must follow an ISA of the wrong width for its end to be known (see `read_isa`)."""


class Marks(NamedTuple):
    """How a segment differs from a regular one; None where it does not.

    `before` is the blanks it begins with, `end` its own terminator with what follows it, `encoding` is
    `latin-1` where its characters are not UTF-8, and `raw` holds all its bytes where these and its values do
    not give them back.
    """

    before: bytes | None = None
    end: bytes | None = None
    encoding: str | None = None
    raw: bytes | None = None


REGULAR = Marks()


def is_segment(text: str) -> bool:
    """Whether `text`, in the fixed form, begins with a segment id."""
    return _SEGMENT.match(text) is not None


def shown_segment(segment: Segment, end: bytes, unheld: re.Pattern[str] | None) -> tuple[str, Marks] | None:
    """Give the text a document shows for `segment` and its marks; None where it is no segment.

    The text is in the fixed form, but for ISA11 and ISA16, which are as they were read. `end` is how the
    segments of the interchange end, `unheld` finds the characters that the document cannot hold.
    """
    raw, delimiters = segment.raw, segment.delimiters
    text = text_of(raw, delimiters)
    if segment.flaws & Flaw.CONTINUED or not is_segment(text):
        return None
    is_isa = text.startswith("ISA")
    if (unheld is not None and unheld.search(text)) or (is_isa and delimiters_of(raw) != delimiters):
        return text, Marks(raw=raw)
    tail = end if is_isa else delimiters.raw(segment.tail)
    before = raw[: len(raw) - len(raw.translate(delimiters.to_normal).lstrip(_BLANKS.encode()))]
    for encoding in ENCODINGS:
        if before + values_bytes(text, delimiters, encoding) + tail == raw:
            own_end = None if tail == end else tail
            return text, Marks(before or None, own_end, LATIN if encoding is LATIN else None)
    return text, Marks(raw=raw)


def isa_end(isa: Segment) -> bytes | None:
    """The terminator an ISA sets and the line break that followed it: how its segments end by default.

    None where its delimiters could not be read, so that those before it are still in force.
    """
    shape = read_isa(isa.raw + _AFTER_ISA)
    if shape is None or shape.delimiters != isa.delimiters:
        return None
    return isa.raw[shape.length - 1 :]


def delimiters_of(isa: bytes) -> Delimiters | None:
    """The delimiters that the bytes of an ISA set; None where they are no readable ISA."""
    shape = read_isa(isa + _AFTER_ISA)
    return shape.delimiters if shape else None


def text_of(raw: bytes, delimiters: Delimiters) -> str:
    """Give the text that the bytes of one segment show."""
    shape = read_isa(raw + _AFTER_ISA)
    if shape is not None:
        text = shape.text[:-1].decode(LATIN).replace(delimiters.element, ELEMENT)
        return text.translate(_UNSHOWN_IN_ISA)
    normal = raw.translate(delimiters.to_normal).decode(LATIN)
    return clean_text(normal.partition(TERMINATOR)[0].strip(_BLANKS), delimiters)[0]


def values_bytes(text: str, delimiters: Delimiters, encoding: str) -> bytes:
    """Give the bytes of a segment's text without its end; none where `encoding` lacks a character of it."""
    try:
        if text.startswith("ISA"):
            return text.replace(ELEMENT, delimiters.element).encode(encoding)
        return text.encode(encoding).translate(delimiters.to_raw)
    except UnicodeEncodeError:
        return b""
