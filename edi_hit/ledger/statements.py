"""Ways to say things to both databases."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, insert
from sqlalchemy.dialects import postgresql, sqlite

from edi_hit.ledger.database import POSTGRESQL

T = TypeVar("T")

_MOST_VALUES = 10_000
"""Values in one statement: both databases take three times as many."""


def in_chunks(values: Iterable[T], size: int = _MOST_VALUES) -> Iterator[list[T]]:
    """Give values in lists short enough for one statement."""
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk


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
