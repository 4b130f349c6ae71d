"""Loop documents for tests: written from X12, read back, and small ones put together."""

import io
from collections.abc import Callable
from typing import BinaryIO

import pytest
from claim_text import GOOD, file_of
from damage import recut
from x12_text import interchange, transaction

from edi_hit.formats.loops import JsonWriter, XmlWriter, feed_loops, read_json, read_xml
from edi_hit.rules import DocumentError

WRITERS: dict[str, Callable[[BinaryIO], XmlWriter | JsonWriter]] = {"xml": XmlWriter, "json": JsonWriter}
READERS = {"xml": read_xml, "json": read_json}
FORMS = list(WRITERS)


def document(data: bytes, form: str) -> bytes:
    """The loop document of this X12."""
    out = io.BytesIO()
    feed_loops(data, WRITERS[form](out))
    return out.getvalue()


def x12_of(document: bytes, form: str) -> bytes:
    """The X12 of a loop document."""
    return b"".join(READERS[form](io.BytesIO(document)))


def error_of(text: str | bytes, form: str) -> DocumentError:
    """Why a loop document is refused."""
    with pytest.raises(DocumentError) as caught:
        x12_of(text if isinstance(text, bytes) else text.encode(), form)
    return caught.value


SMALL = file_of(*GOOD)
OTHER_SETS = [
    interchange(*transaction("AK1*HC*1*005010X222A1", "AK9*A*1*1*1", kind="999", guide="005010X231A1")),
    interchange(*transaction("ZZZ*1^2:3^*4::~"[:-1], "NM1*85", kind="837", guide="009999X000")),
]
FILES = [
    SMALL,
    SMALL.replace(b"~", b"~\r\n"),
    recut(SMALL, "*:~^", "|>\n!"),
    recut(SMALL, "*:~^", "\x1d\x1f\x1c\x1e"),
    recut(SMALL, "*", "\xa7"),
    SMALL.replace(b"MAPLE", "PEÑA".encode()),
    SMALL.replace(b"MAPLE", "PEÑA".encode("latin-1")),
    b"\xef\xbb\xbf" + SMALL + b"\r\n\x1a" + SMALL,
    *OTHER_SETS,
]
"""X12 in many delimiters, encodings and line breaks."""
