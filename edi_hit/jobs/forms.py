"""The forms that X12 can be translated to and from: one entry a form, and how a file's form is known."""

from collections.abc import Callable, Iterator
from io import BufferedReader
from typing import BinaryIO, cast

import msgspec

from edi_hit.formats.loops import JsonWriter, XmlWriter, feed_loops, read_json, read_xml
from edi_hit.rules import ConfigError, DocumentError
from edi_hit.x12 import copy

_LOOKED_AT = 1024
_BLANKS = b" \t\r\n"
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Written(msgspec.Struct, frozen=True):
    """What a translation found: whether the X12 read was cut off."""

    cut_off: bool = False


class Form(msgspec.Struct, frozen=True):
    """A form: its name, the view of X12 it gives (`loops`, `claims`), and the suffix of its files.

    `to_x12` gives the X12 of a document piece by piece; `from_x12` writes X12 in this form. Either is None
    where there is no such way.
    """

    name: str
    view: str | None
    suffix: str
    to_x12: Callable[[BinaryIO], Iterator[bytes]] | None = None
    from_x12: Callable[[BinaryIO, BinaryIO], Written] | None = None
