"""The forms X12 can be translated to and from, one entry a form, and how the form of an input is known."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

from edi_hit.formats.loops import JsonWriter, XmlWriter, feed_loops, read_json, read_xml
from edi_hit.formats.schema_files import LOOPS_JSON, LOOPS_XML
from edi_hit.formats.validation import validated_json, validated_xml
from edi_hit.rules import ConfigError
from edi_hit.x12 import copy

_BLANKS = b" \t\r\n"
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Form(msgspec.Struct, frozen=True):
    """A form: its name, the view of X12 it gives (`loops`; None for X12 itself), and the suffix of its files.

    `to_x12` gives the X12 of a document piece by piece; `from_x12` writes X12 in this form and says whether
    it was cut off. `validated` passes the bytes of a document on and checks them against the schema of the
    form. Where one is None there is no such way.
    """

    name: str
    view: str | None
    suffix: str
    to_x12: Callable[[BinaryIO], Iterator[bytes]] | None = None
    from_x12: Callable[[BinaryIO, BinaryIO], bool] | None = None
    validated: Callable[[BinaryIO], Iterator[bytes]] | None = None


def _copy_x12(source: BinaryIO, out: BinaryIO) -> bool:
    copy(source, out)
    return False


FORMS = (
    Form("x12", None, ".x12", from_x12=_copy_x12),
    Form(
        "xml",
        "loops",
        ".xml",
        to_x12=read_xml,
        from_x12=lambda source, out: feed_loops(source, XmlWriter(out)).cut_off,
        validated=lambda stream: validated_xml(stream, LOOPS_XML),
    ),
    Form(
        "json",
        "loops",
        ".json",
        to_x12=read_json,
        from_x12=lambda source, out: feed_loops(source, JsonWriter(out)).cut_off,
        validated=lambda stream: validated_json(stream, LOOPS_JSON),
    ),
)

NAMES = tuple(dict.fromkeys(form.name for form in FORMS))
VIEWS = tuple(dict.fromkeys(form.view for form in FORMS if form.view))


def form_named(name: str, view: str | None) -> Form:
    """Give the form of that name and view; the first of that name where `view` is None.

    Raises `ConfigError` where there is none: not every form can hold every view.
    """
    for form in FORMS:
        if form.name == name and (view is None or form.view in (None, view)):
            return form
    raise ConfigError(f"{name} cannot hold {view}; {_holders(view)} can")


def _holders(view: str | None) -> str:
    names = [form.name for form in FORMS if form.view == view]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def form_of(beginning: bytes) -> Form:
    """Tell the form of an input from its first bytes. What is neither XML nor JSON is X12, or none."""
    first = beginning.removeprefix(_UTF8_MARK).lstrip(_BLANKS + b"\0")[:1]
    if first == b"<" or beginning.startswith(_UTF16_MARKS):
        return form_named("xml", "loops")
    if first in (b"{", b"["):
        return form_named("json", "loops")
    return form_named("x12", None)
