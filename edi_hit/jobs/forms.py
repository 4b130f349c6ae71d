"""The forms X12 can be translated to and from, one entry a form, and how the form of an input is known."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec

from edi_hit.formats.loops import JsonWriter, LoopWriter, XmlWriter, read_json, read_xml
from edi_hit.formats.records import (
    JsonRecordWriter,
    NdjsonRecordWriter,
    Record,
    RecordWriter,
    XmlRecordWriter,
    read_json_records,
    read_ndjson_records,
    read_xml_records,
)
from edi_hit.formats.schema_files import CLAIMS_JSON, CLAIMS_NDJSON, CLAIMS_XML, LOOPS_JSON, LOOPS_XML
from edi_hit.formats.shapes import Address, ShapeLines, ShapeList, read_shape
from edi_hit.formats.tables import TABLES, CsvTables, ParquetTables
from edi_hit.formats.validation import validated_json, validated_xml
from edi_hit.rules import ConfigError

LOOPS, CLAIMS, MEDICALNETWORK = "loops", "claims", "medicalnetwork"
VIEWS = (LOOPS, CLAIMS)
"""What a document shows of X12: all of it, or its claims and remittances."""

SHAPES = (MEDICALNETWORK,)
"""The JSON shapes of others that claims are written in and read from."""

_BLANKS = b" \t\r\n"
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CLAIMS_XML = b"urn:edi-hit:claims"
_SHAPE_KEY = re.compile(
    rb'"(?:claimInformation|tradingPartnerServiceId|tradingPartnerName|usageIndicator|controlNumber)"\s*:'
)
_CLAIMS_MARK = b'"edi-hit claims"'
_RECORDS_KEY = re.compile(rb'"records"\s*:')


class Form(msgspec.Struct, frozen=True):
    """A form: its name, which its files end in, and its view of X12 or its shape (None for X12 itself).

    Of loops, `read` gives the X12 of a document piece by piece and `writer` writes one. Of claims,
    `read_records` gives the records of a document, with who sends them where it does not say so, and
    `record_writer` writes them. `validated` passes the
    bytes of a document on and checks them against the schema of the form. Where one is None there is no way.
    `tables` names the files of a form that is several: `record_writer` takes a stream for each.
    """

    name: str
    view: str | None
    read: Callable[[BinaryIO], Iterator[bytes]] | None = None
    writer: Callable[[BinaryIO], LoopWriter] | None = None
    read_records: Callable[[BinaryIO, Address | None], Iterator[Record]] | None = None
    record_writer: Callable[..., RecordWriter] | None = None
    validated: Callable[[BinaryIO], Iterator[bytes]] | None = None
    tables: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """How the names of its files end."""
        return f".{self.name}"

    def paths(self, path: Path) -> list[Path]:
        """Give the files of an output that was to be `path`: itself, or `STEM.TABLE.SUFFIX` of each table."""
        return [path.with_name(f"{path.stem}.{table}{self.suffix}") for table in self.tables] or [path]


def _addressed(read: Callable[[BinaryIO], Iterator[Record]]) -> Callable[..., Iterator[Record]]:
    """A reader of documents that say themselves who sends them."""
    return lambda stream, _: read(stream)


X12 = Form("x12", None)
FORMS = (
    X12,
    Form("xml", LOOPS, read_xml, XmlWriter, validated=partial(validated_xml, schema=LOOPS_XML)),
    Form("json", LOOPS, read_json, JsonWriter, validated=partial(validated_json, schema=LOOPS_JSON)),
    Form(
        "xml",
        CLAIMS,
        read_records=_addressed(read_xml_records),
        record_writer=XmlRecordWriter,
        validated=partial(validated_xml, schema=CLAIMS_XML),
    ),
    Form(
        "json",
        CLAIMS,
        read_records=_addressed(read_json_records),
        record_writer=JsonRecordWriter,
        validated=partial(validated_json, schema=CLAIMS_JSON),
    ),
    Form(
        "ndjson",
        CLAIMS,
        read_records=_addressed(read_ndjson_records),
        record_writer=NdjsonRecordWriter,
        validated=partial(validated_json, schema=CLAIMS_NDJSON),
    ),
    Form("json", MEDICALNETWORK, read_records=read_shape, record_writer=ShapeList),
    Form("ndjson", MEDICALNETWORK, read_records=read_shape, record_writer=ShapeLines),
    Form("csv", CLAIMS, record_writer=CsvTables, tables=TABLES),
    Form("parquet", CLAIMS, record_writer=ParquetTables, tables=TABLES),
)

NAMES = tuple(dict.fromkeys(form.name for form in FORMS))


def form_named(name: str, view: str | None, source_view: str | None = None) -> Form:
    """Give the form of that name and view; where `view` is None, of the view of the source if there is one.

    Raises `ConfigError` where there is none: not every form can hold every view.
    """
    found = [form for form in FORMS if form.name == name and (view is None or form.view in (None, view))]
    if not found:
        raise ConfigError(f"{name} cannot hold {view}; {_holders(view)} can")
    return next((form for form in found if form.view == source_view), found[0])


def _holders(view: str | None) -> str:
    names = [form.name for form in FORMS if form.view == view]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def form_of(beginning: bytes) -> Form:
    """Tell the form of an input from its first bytes. What is neither XML nor JSON is X12, or none."""
    first = beginning.removeprefix(_UTF8_MARK).lstrip(_BLANKS + b"\0")[:1]
    if first == b"<" or beginning.startswith(_UTF16_MARKS):
        text = beginning.replace(b"\0", b"")
        return form_named("xml", CLAIMS if _CLAIMS_XML in text else LOOPS)
    if first not in (b"{", b"["):
        return X12
    if _SHAPE_KEY.search(beginning):
        return form_named("json", MEDICALNETWORK)
    if _CLAIMS_MARK not in beginning:
        return form_named("json", LOOPS)
    return form_named("json" if _RECORDS_KEY.search(beginning) else "ndjson", CLAIMS)
