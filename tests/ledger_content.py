"""All that a ledger holds, to be compared with another; and CSV loaded from text."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from edi_hit.ledger import Connection, load_csv, loadable_tables, open_ledger
from edi_hit.ledger.tables import METADATA

ON = date(2025, 8, 1)


def content(address: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the audit trail, which says when and by whom; in the order of its key."""
    with open_ledger(address) as ledger, ledger.reading() as connection:
        return {
            table.name: sorted(tuple(row) for row in connection.execute(select(table)))
            for table in METADATA.tables.values()
            if not table.name.startswith("audit_")
        }


def rows(address: str, table: str) -> list[dict[str, Any]]:
    """The rows of one table, in the order of its key."""
    chosen = METADATA.tables[table]
    with open_ledger(address) as ledger, ledger.reading() as connection:
        found = connection.execute(select(chosen).order_by(*chosen.primary_key))
        return [dict(row._mapping) for row in found]


def load_rows(address: str, folder: Path, table: str, *rows: dict[str, str]) -> None:
    """Load rows, given by column of the CSV, into a table."""
    with open_ledger(address) as ledger, ledger.transaction() as connection:
        load_rows_into(connection, folder, table, *rows)


def load_rows_into(connection: Connection, folder: Path, table: str, *rows: dict[str, str]) -> None:
    """Load rows as `load_rows` does, in a transaction that is open."""
    columns = sorted({name for row in rows for name in row})
    lines = [",".join(columns), *(",".join(row.get(name, "") for name in columns) for row in rows)]
    assert table in loadable_tables()
    path = folder / f"{table}.csv"
    path.write_text("\n".join(lines) + "\n")
    load_csv(connection, [path], ON, table)
