"""Writes the three tables as Parquet: amounts decimal(12,2), other numbers decimal(27,9), days date32."""

from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO

from edi_hit.formats.records import Record, RecordWriter
from edi_hit.formats.tables.columns import TABLES, columns
from edi_hit.formats.tables.rows import Row, TableRows
from edi_hit.rules import ComposeError, ConfigError

if TYPE_CHECKING:
    from types import ModuleType

ROWS_HELD = 10_000
"""Rows of a table that wait before they are written as one row group."""

DECIMALS = {"money": (12, 2), "number": (27, 9)}
"""Digits in all and behind the point of the columns of numbers."""


class ParquetTables(RecordWriter):
    """Writes to one binary stream a table, in the order of `TABLES`; see `RecordWriter` for the methods.

    Raises `ConfigError` where pyarrow is missing, `ComposeError` where a number does not fit its column.
    """

    def __init__(self, *streams: BinaryIO) -> None:
        self._rows = TableRows()
        self._tables = {table: _Table(table, stream) for table, stream in zip(TABLES, streams, strict=True)}

    def record(self, record: Record) -> None:
        """Take a record."""
        for table, row in self._rows.rows(record):
            self._tables[table].add(row)

    def finish(self) -> None:
        """Write the rows that wait, and the end of each file."""
        for table in self._tables.values():
            table.close()


class _Table:
    """One file being written, and the rows that wait."""

    def __init__(self, table: str, stream: BinaryIO) -> None:
        self._arrow, parquet = _libraries()
        self._table = table
        self._decimals = [DECIMALS.get(column.type) for column in columns(table)]
        types = [_arrow_type(column.type, self._arrow) for column in columns(table)]
        fields = [
            self._arrow.field(one.column, held) for one, held in zip(columns(table), types, strict=True)
        ]
        self._schema = self._arrow.schema(fields)
        self._writer = parquet.ParquetWriter(stream, self._schema)
        self._waiting: list[Row] = []

    def add(self, row: Row) -> None:
        """Take a row."""
        for value, decimals in zip(row, self._decimals, strict=True):
            if decimals is not None and value is not None and not fits(value, *decimals):
                digits, scale = decimals
                raise ComposeError(f"a number of the {self._table} does not fit decimal({digits},{scale})")
        self._waiting.append(row)
        if len(self._waiting) >= ROWS_HELD:
            self._write()

    def close(self) -> None:
        """Write the rows that wait, and the end of the file."""
        self._write()
        self._writer.close()

    def _write(self) -> None:
        held = [list(column) for column in zip(*self._waiting, strict=True)] or [[] for _ in self._schema]
        arrays = [
            self._arrow.array(values, type=field.type)
            for values, field in zip(held, self._schema, strict=True)
        ]
        self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        self._waiting.clear()


def fits(value: Decimal, digits: int, scale: int) -> bool:
    """Whether a number has at most `scale` digits behind the point and `digits` in all."""
    if not value.is_finite():
        return False
    rounded = value.quantize(Decimal(1).scaleb(-scale)) if value.adjusted() < digits - scale else None
    return rounded is not None and rounded == value


def _libraries() -> tuple["ModuleType", "ModuleType"]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ConfigError("Parquet needs a library: pip install 'edi-hit[parquet]'") from None
    return pyarrow, parquet


def _arrow_type(column_type: str, arrow: "ModuleType") -> object:
    if column_type in DECIMALS:
        return arrow.decimal128(*DECIMALS[column_type])
    return {"text": arrow.string(), "date": arrow.date32(), "integer": arrow.int64()}[column_type]
