"""Opens the database of a ledger: SQLite by default, PostgreSQL by URL. Every failure is a `LedgerError`."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from edi_hit.rules import ConfigError, LedgerError

POSTGRESQL = "postgresql"
_LOCK_WAIT_SECONDS = 30
"""How long a transaction waits for another one before it gives up."""

_READ_ONLY = "reads_only"

_SETTINGS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "wal_autocheckpoint = 16000",  # pages: with the usual 1,000 each batch of claims is written twice at once
    "cache_size = -32000",  # kilobytes: so that the indexes of a large ledger are not read again and again
)


def ledger_url(text: str) -> URL:
    """Read a ledger's address: a file path, `sqlite:///path` or `postgresql://...`.

    Raises `ConfigError` for any other address, without repeating it: it may hold a password.
    """
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ConfigError("the ledger's address is not a URL") from error
    kind = url.get_backend_name()
    if kind == POSTGRESQL:
        return url.set(drivername="postgresql+psycopg")
    if kind != "sqlite" or url.database in (None, "", ":memory:"):
        raise ConfigError("a ledger is a file, sqlite:///FILE or postgresql://...")
    return url


def connect(url: URL, *, create: bool = False) -> Engine:
    """Give an engine for a ledger; nothing is asked of the database yet.

    A SQLite file is for its owner alone (mode 0600) and is made only where `create` is given. Raises
    `LedgerError` where the file or the driver is missing.
    """
    if url.get_backend_name() == POSTGRESQL:
        return _postgresql(url)
    path = Path(url.database or "")
    if not create and not path.exists():
        raise LedgerError(f"there is no ledger {path}; edi-hit ledger init makes one")
    if create:
        _make_private(path)
    return _sqlite(url)


def _make_private(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise LedgerError(f"the ledger {path} cannot be made: {error.strerror}") from error


def _postgresql(url: URL) -> Engine:
    options = f"-c lock_timeout={_LOCK_WAIT_SECONDS}s -c timezone=UTC"
    try:
        return create_engine(
            url, hide_parameters=True, connect_args={"connect_timeout": 10, "options": options}
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise LedgerError("PostgreSQL needs its driver: pip install 'edi-hit[postgres]'") from error


def _sqlite(url: URL) -> Engine:
    if "timeout" not in url.query:
        url = url.update_query_dict({"timeout": str(_LOCK_WAIT_SECONDS)})
    engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, record: object) -> None:
        """Let SQLAlchemy's transactions be SQLite's: the driver would begin them late, after reading."""
        connection.isolation_level = None
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        """Take the write lock before anything is read that an answer depends on."""
        reads_only = connection.get_execution_options().get(_READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def transaction(engine: Engine, *, reads_only: bool = False) -> Iterator[Connection]:
    """Give a connection in a transaction: committed at the end, rolled back whole after any error.

    What the database refuses is a `LedgerError`.
    """
    with ledger_errors(engine.dialect.loaded_dbapi.Error), engine.connect() as connection:
        connection.execution_options(**{_READ_ONLY: reads_only})
        with connection.begin():
            yield connection


@contextmanager
def ledger_errors(*of_driver: type[Exception]) -> Iterator[None]:
    """Turn errors of the database, and those of its driver, into `LedgerError`s that hold no data."""
    failures: tuple[type[Exception], ...] = (SQLAlchemyError, *of_driver)
    try:
        yield
    except failures as error:
        raise LedgerError(f"the ledger failed: {_plain(error)}") from error


def _plain(error: Exception) -> str:
    if isinstance(error, IntegrityError):
        return "a row contradicts one that is there"
    told = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(told, SQLAlchemyError) or not str(told).strip():
        return type(told).__name__
    return str(told).strip().splitlines()[0]
