"""Writes records as one JSON document, or as NDJSON: a record a line, each with the version of the form."""

import re
from decimal import Decimal
from typing import BinaryIO

import msgspec

from edi_hit.formats.records.kinds import FORMAT, VERSION, Record, RecordWriter, kind_of
from edi_hit.rules import ComposeError

_STRANGE_NUMBER = re.compile(rb'"-?(?:[0-9](?:\.[0-9]+)?E[+-][0-9]+|s?NaN[0-9]*|Infinity)"')
"""What Python writes for a number that has an exponent or is none; or a text that looks so."""

_TRACES = (b"E+", b"E-", b"NaN", b"Infinity")
"""What is in every such text, and seldom elsewhere."""

_encode = msgspec.json.Encoder().encode
_HEAD = _encode({"format": FORMAT, "version": VERSION})[:-1]


class JsonRecordWriter(RecordWriter):
    """Writes to a binary stream one document, whose `records` are the records, one a line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._break = b"\n"

    def start(self) -> None:
        """Begin the document."""
        self._stream.write(_HEAD + b',"records":[')

    def record(self, record: Record) -> None:
        """Take a record."""
        self._stream.write(self._break + b"{" + record_json(record)[1:])
        self._break = b",\n"

    def finish(self) -> None:
        """End the document."""
        self._stream.write(b"\n]}\n")


class NdjsonRecordWriter(RecordWriter):
    """Writes to a binary stream a line for each record, which begins with format and version."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def record(self, record: Record) -> None:
        """Take a record."""
        self._stream.write(_HEAD + b"," + record_json(record)[1:] + b"\n")


def record_json(record: Record) -> bytes:
    """Give a record as a JSON object, its kind first. Raises `ComposeError` where a number is none."""
    text = _encode(record)
    if any(trace in text for trace in _TRACES) and _STRANGE_NUMBER.search(text):
        text = _encode(_plain(msgspec.to_builtins(record, builtin_types=(Decimal,))))
    if text.startswith(b'{"kind":'):
        return text
    return b'{"kind":' + _encode(kind_of(record)) + b"," + text[1:]


def plain_number(value: Decimal) -> str:
    """Give a number in digits, without exponent. Raises `ComposeError` where it is none."""
    if not value.is_finite():
        raise ComposeError("a number of a record is none")
    return format(value, "f")


def _plain(value: object) -> object:
    """The value with its numbers as digits."""
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
