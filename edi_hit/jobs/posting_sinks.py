"""Where the rows for posting go: CSV files of a folder, one JSON document, or a row a line."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from edi_hit.formats.csv_table import CsvTable
from edi_hit.jobs.output_files import make_folder, refuse_existing, written_together
from edi_hit.report.posting_rows import TABLES, PostingRow

_encoder = msgspec.json.Encoder()
_LAST = "payments"
"""The table whose file comes last."""


class PostingSink(Protocol):
    """Takes rows, each with the name of its table."""

    def add(self, table: str, row: PostingRow) -> None:
        """Take a row."""


class _CsvSink:
    def __init__(self, tables: dict[str, CsvTable]) -> None:
        self._tables = tables

    def add(self, table: str, row: PostingRow) -> None:
        self._tables[table].row(getattr(row, name) for name in row.__struct_fields__)


class _NdjsonSink:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def add(self, table: str, row: PostingRow) -> None:
        named = b'{"table":' + _encoder.encode(table) + b","
        self._stream.write(named + _encoder.encode(row)[1:] + b"\n")


class _JsonSink:
    def __init__(self, spools: dict[str, BinaryIO]) -> None:
        self._spools = spools

    def add(self, table: str, row: PostingRow) -> None:
        spool = self._spools[table]
        spool.write((b",\n" if spool.tell() else b"\n") + _encoder.encode(row))


@contextmanager
def csv_folder(folder: Path, force: bool) -> Iterator[PostingSink]:
    """Write one CSV a table into `folder`, made where it is missing: all of them, or after an error none.

    payments.csv comes last: where it is there, the others are whole and of the same run. Raises
    `OutputExistsError` where one exists and `force` is not given, and `OSError`.
    """
    names = sorted(TABLES, key=lambda name: name == _LAST)
    paths = [folder / f"{name}.csv" for name in names]
    refuse_existing(paths, force)
    make_folder(folder)
    with written_together(paths, force) as streams:
        tables = zip(names, streams, strict=True)
        yield _CsvSink({name: CsvTable(stream, TABLES[name].__struct_fields__) for name, stream in tables})


@contextmanager
def ndjson_lines(stream: BinaryIO) -> Iterator[PostingSink]:
    """Write one row a line, with the name of its table first."""
    yield _NdjsonSink(stream)


@contextmanager
def json_document(stream: BinaryIO) -> Iterator[PostingSink]:
    """Write one document with an array a table; the rows wait on disk until the end."""
    with ExitStack() as files:
        spools: dict[str, BinaryIO] = {name: files.enter_context(tempfile.TemporaryFile()) for name in TABLES}
        yield _JsonSink(spools)
        for number, (name, spool) in enumerate(spools.items()):
            stream.write((b"," if number else b"{") + _encoder.encode(name) + b":[")
            spool.seek(0)
            shutil.copyfileobj(spool, stream)
            stream.write(b"\n]")
        stream.write(b"}\n")
