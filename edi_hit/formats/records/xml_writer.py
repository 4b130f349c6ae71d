"""Writes records as XML: an element a field, named as the field; of a list, one for each of its items."""

import re
from decimal import Decimal
from typing import Any, BinaryIO

import msgspec

from edi_hit.formats.records.json_writer import plain_number
from edi_hit.formats.records.kinds import VERSION, Record, RecordWriter, kind_of

NAMESPACE = "urn:edi-hit:claims"

UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold."""

_SPECIAL = re.compile("[&<>\r]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


class XmlRecordWriter(RecordWriter):
    """Writes to a binary stream; see `RecordWriter` for the methods."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._parts: list[str] = []

    def start(self) -> None:
        """Begin the document."""
        head = f'<?xml version="1.0" encoding="UTF-8"?>\n<claims xmlns="{NAMESPACE}" version="{VERSION}">\n'
        self._stream.write(head.encode())

    def record(self, record: Record) -> None:
        """Take a record. Raises `ComposeError` where a number is none."""
        fields: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(Decimal,))
        fields.pop("kind", None)
        self._element(kind_of(record), fields, " ")
        self._stream.write("".join(self._parts).encode("utf-8"))
        self._parts.clear()

    def finish(self) -> None:
        """End the document."""
        self._stream.write(b"</claims>\n")

    def _element(self, name: str, value: object, indent: str) -> None:
        if isinstance(value, dict):
            self._parts.append(f"{indent}<{name}>\n")
            for field, one in value.items():
                self._element(field, one, f"{indent} ")
            self._parts.append(f"{indent}</{name}>\n")
        elif isinstance(value, list | tuple):
            for one in value:
                self._element(name, one, indent)
        else:
            escaped, text = _text(plain_number(value) if isinstance(value, Decimal) else str(value))
            self._parts.append(f"{indent}<{name}{escaped}>{text}</{name}>\n")


def _text(text: str) -> tuple[str, str]:
    r"""Give what marks a text with escapes, and the text: `\u001F` for what XML cannot hold, `\\` for `\`."""
    mark = ""
    if UNHELD.search(text):
        mark = ' escaped="true"'
        text = UNHELD.sub(lambda match: f"\\u{ord(match.group()):04X}", text.replace("\\", "\\\\"))
    return mark, text.translate(_ESCAPES) if _SPECIAL.search(text) else text
