"""Tables that `edi-hit ledger load` fills from CSV."""

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import Column, Table

from edi_hit.ledger.columns import CSV_COLUMN, CsvColumn
from edi_hit.reference.cells import Cells

LOADABLE = "loadable"
"""Under which key of `Table.info` a table's `Loadable` stands."""


class Loadable(msgspec.Struct, frozen=True):
    """What a loadable table holds, and what its rows must be together.

    `check` raises `ValueError` for a row whose cells are right one by one and wrong together. Rows with a
    span have `effective_from` and `effective_through`; the rest of the primary key says of what two spans
    may not share a day. `key` are the columns no two rows may agree in, where not the primary key.
    """

    holds: str
    has_span: bool = False
    key: tuple[str, ...] | None = None
    check: Callable[[Cells], object] | None = None

    def as_info(self) -> dict[str, Any]:
        """Give the `info` of the table that this describes."""
        return {LOADABLE: self}


def loadable(table: Table) -> Loadable:
    """Give what was said of a loadable table."""
    described: Loadable = table.info[LOADABLE]
    return described


def key_of(table: Table) -> tuple[str, ...]:
    """Give the columns no two rows of a loadable table may agree in."""
    return loadable(table).key or tuple(column.name for column in table.primary_key)


def csv_columns(table: Table) -> dict[str, CsvColumn]:
    """Give the CSV columns of a table by the name of the column they fill, in order."""
    return {column.name: csv for column in table.columns if (csv := csv_column(column))}


def csv_column(column: Column[Any]) -> CsvColumn | None:
    """Give how a CSV fills a column; None where none does."""
    return column.info.get(CSV_COLUMN)
