"""The database's clock: the one that all workers share."""

from datetime import UTC, datetime

from sqlalchemy import Connection, text

from edi_hit.ledger.database import POSTGRESQL

_POSTGRESQL_NOW = text("SELECT CAST(floor(extract(epoch FROM clock_timestamp())) AS bigint)")
_SQLITE_NOW = text("SELECT CAST(strftime('%s', 'now') AS INTEGER)")


def database_now(connection: Connection) -> int:
    """Give the seconds since 1970 by the database's clock."""
    asked = _POSTGRESQL_NOW if connection.dialect.name == POSTGRESQL else _SQLITE_NOW
    return int(connection.execute(asked).scalar_one())


def utc(seconds: int) -> datetime:
    """The moment so many seconds after 1970 began, in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
