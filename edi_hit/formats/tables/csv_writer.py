"""Writes the three tables as CSV."""

from typing import BinaryIO

from edi_hit.formats.csv_table import CsvTable
from edi_hit.formats.records import Record, RecordWriter
from edi_hit.formats.tables.columns import TABLES, columns
from edi_hit.formats.tables.rows import TableRows


class CsvTables(RecordWriter):
    """Writes to one binary stream a table, in the order of `TABLES`; see `RecordWriter` for the methods."""

    def __init__(self, *streams: BinaryIO) -> None:
        self._rows = TableRows()
        self._streams = dict(zip(TABLES, streams, strict=True))
        self._tables: dict[str, CsvTable] = {}

    def start(self) -> None:
        """Write the names of the columns."""
        for table, stream in self._streams.items():
            self._tables[table] = CsvTable(stream, [column.column for column in columns(table)])

    def record(self, record: Record) -> None:
        """Take a record."""
        for table, row in self._rows.rows(record):
            self._tables[table].row(row)
