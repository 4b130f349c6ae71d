"""Ways to say things to both databases."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Dialect, Table, bindparam, delete, insert
from sqlalchemy.dialects import postgresql, sqlite

from edi_hit.ledger.database import POSTGRESQL

T = TypeVar("T")

StoredRow = tuple[Any, ...]
"""A row of a table: a value of each column, in their order."""

_MOST_VALUES = 10_000
"""Values in one statement: both databases take three times as many."""


SOME = "some"
"""Under which name a statement made with `is_one_of` takes its values."""


def is_one_of(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a column holds one of some values: given when the statement, made once, is executed."""
    return column.in_(bindparam(SOME, expanding=True))


def in_chunks(values: Iterable[T], size: int = _MOST_VALUES) -> Iterator[list[T]]:
    """Give values in lists short enough for one statement."""
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk


class _Insert:
    """The statement that stores rows of a table in one kind of database, and what its values become there."""

    def __init__(self, table: Table, dialect: Dialect) -> None:
        self._names = [column.name for column in table.c]
        compiled = insert(table).compile(dialect=dialect, column_keys=self._names)
        self.text = str(compiled)
        self._by_place = compiled.positional
        made = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.c]
        self._processors = [(place, make) for place, make in enumerate(made) if make is not None]

    def parameters(self, rows: Iterable[StoredRow]) -> list[Any]:
        """Rows as the driver takes them; what many rows hold is turned into what it becomes once."""
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        for place, make in self._processors:
            stored = {value: make(value) for value in set(columns[place])}
            columns[place] = map(stored.__getitem__, columns[place])
        values = zip(*columns, strict=True)
        if self._by_place:
            return list(values)
        return [dict(zip(self._names, row, strict=True)) for row in values]


@cache
def _insert_of(table: Table, dialect: Dialect) -> _Insert:
    return _Insert(table, dialect)


def insert_rows(connection: Connection, table: Table, rows: Sequence[StoredRow]) -> None:
    """Store many rows, each with all columns of the table in their order.

    In a fraction of the time of `insert(table)`.
    """
    if rows:
        made = _insert_of(table, connection.dialect)
        connection.exec_driver_sql(made.text, made.parameters(rows))


def replace_rows(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Store rows, each in place of the one of the same primary key."""
    if not rows:
        return
    keys = list(table.primary_key)
    connection.execute(
        delete(table).where(*(column == bindparam(f"old_{column.name}") for column in keys)),
        [{f"old_{column.name}": row[column.name] for column in keys} for row in rows],
    )
    connection.execute(insert(table), rows)


def insert_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Store rows but for those whose primary key is there already."""
    if not rows:
        return
    made = postgresql.insert if connection.dialect.name == POSTGRESQL else sqlite.insert
    connection.execute(made(table).on_conflict_do_nothing(), rows)
