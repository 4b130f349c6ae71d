"""The fee schedules and locality factors of a ledger, as rows of the reference tables."""

from sqlalchemy import Connection, Table, select

from edi_hit.ledger.price_tables import FEE_SCHEDULE, LOCALITY_FACTOR, REFERENCE_TABLE


def price_rows(connection: Connection) -> dict[str, list[dict[str, str]]]:
    """Give the rows by the name of their reference table, in its columns; tables without a row left out."""
    found = {
        table.info[REFERENCE_TABLE]: _rows(connection, table) for table in (FEE_SCHEDULE, LOCALITY_FACTOR)
    }
    return {name: rows for name, rows in found.items() if rows}


def _rows(connection: Connection, table: Table) -> list[dict[str, str]]:
    rows = connection.execute(select(table).order_by(*table.primary_key))
    return [{name: str(value) for name, value in row._mapping.items() if value is not None} for row in rows]
