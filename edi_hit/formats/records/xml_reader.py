"""Reads records from an XML document, one at a time."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from edi_hit.formats.records.kinds import KINDS, VERSION, Record
from edi_hit.formats.records.model_fields import model_fields
from edi_hit.formats.records.read_record import WrongRecordError, record_of
from edi_hit.formats.records.xml_writer import NAMESPACE
from edi_hit.formats.xml_feed import BLOCK, XmlFeed
from edi_hit.rules import DocumentError

MAX_RECORD = 16 * 1024 * 1024
"""Characters that the elements of one record may hold; an empty one counts as sixteen."""

_BEFORE = f"{NAMESPACE} "
_SCHEMA_LOCATION = "http://www.w3.org/2001/XMLSchema-instance schemaLocation"
_ESCAPED = re.compile(r"(?:[^\\]|\\(?:\\|u[0-9A-F]{4}))*")
_ESCAPE = re.compile(r"\\(?:\\|u(....))")

_Open = tuple[type[msgspec.Struct], dict[str, Any]]
"""A structure being read: its type and its fields so far."""


def read_xml_records(stream: BinaryIO) -> Iterator[Record]:
    """Yield the records of the XML document in `stream`.

    Raises `DocumentError` with the line and column of what is wrong, or of the end of a record that is wrong
    and the path in it.
    """
    reader = _Reader()
    while block := stream.read(BLOCK):
        yield from reader.feed(block)
    reader.end()


class _Reader:
    """The structures open, and the leaf being read."""

    def __init__(self) -> None:
        self._xml = XmlFeed(self._start, self._end)
        self._begun = False
        self._open: list[_Open] = []
        self._leaf = ""
        self._escaped = False
        self._size = 0
        self._done: list[Record] = []

    def feed(self, block: bytes) -> list[Record]:
        """Take the next bytes of the document; give the records they complete."""
        self._xml.feed(block)
        done, self._done = self._done, []
        return done

    def end(self) -> None:
        """Say that the document has ended."""
        self._xml.end()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not tag.startswith(_BEFORE):
            raise self._xml.error(f"an element that is not in the namespace {NAMESPACE}")
        name = tag[len(_BEFORE) :]
        self._xml.no_text()
        self._size += 16
        if self._leaf or self._size > MAX_RECORD:
            raise self._xml.error("an element stands in a value, or a record is longer than any can be")
        if not self._begun:
            self._root(name, attributes)
        elif not self._open:
            self._record(name, attributes)
        else:
            self._field(name, attributes)

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        attributes.pop(_SCHEMA_LOCATION, None)
        if name != "claims" or attributes != {"version": VERSION}:
            raise self._xml.error(f"the document does not begin with claims of version {VERSION}")
        self._begun = True

    def _record(self, name: str, attributes: dict[str, str]) -> None:
        if name not in KINDS or attributes:
            raise self._xml.error("no such kind of record, or an attribute it does not have")
        self._size = 0
        self._open.append((KINDS[name], {"kind": name}))

    def _field(self, name: str, attributes: dict[str, str]) -> None:
        model, fields = self._open[-1]
        field = model_fields(model).get(name)
        if field is None:
            raise self._xml.error("a field that it does not have")
        if name in fields and not field.many:
            raise self._xml.error("a field comes twice")
        self._escaped = field.structure is None and attributes.pop("escaped", "") == "true"
        if attributes:
            raise self._xml.error("an attribute that no field has")
        if field.structure is None:
            self._leaf = name
        else:
            inner: dict[str, Any] = {}
            self._put(name, inner)
            self._open.append((field.structure, inner))

    def _put(self, name: str, value: object) -> None:
        model, fields = self._open[-1]
        if model_fields(model)[name].many:
            fields.setdefault(name, []).append(value)
        else:
            fields[name] = value

    def _end(self, tag: str) -> None:
        if self._leaf:
            text = "".join(self._xml.data)
            self._xml.data.clear()
            self._size += len(text)
            self._put(self._leaf, self._unescaped(text) if self._escaped else text)
            self._leaf = ""
            return
        self._xml.no_text()
        if self._open:
            model, fields = self._open.pop()
            for name, field in model_fields(model).items():
                if field.many and field.required:
                    fields.setdefault(name, [])
            if not self._open:
                self._done.append(self._made(fields))

    def _unescaped(self, text: str) -> str:
        if not _ESCAPED.fullmatch(text):
            raise self._xml.error("a wrong escape")
        return _ESCAPE.sub(lambda match: chr(int(match.group(1) or "5C", 16)), text)

    def _made(self, fields: dict[str, Any]) -> Record:
        try:
            return record_of(fields, texts=True)
        except WrongRecordError as error:
            at = self._xml.error(str(error))
            raise DocumentError(at.reason, line=at.line, column=at.column, path=f"${error.path}") from None
