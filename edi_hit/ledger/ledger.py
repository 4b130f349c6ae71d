"""The ledger: what happened before, in a database. Opened by its address; used in transactions."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from edi_hit.ledger.audit import AuditAct, record_act
from edi_hit.ledger.database import POSTGRESQL, connect, ledger_errors, ledger_url, transaction
from edi_hit.ledger.migrations import require_latest, set_up


class Ledger:
    """An open ledger. Close it when done; a context manager does.

    `actor` is who works with it, as the audit trail calls them; where nobody is, acts are not recorded here.
    """

    def __init__(self, engine: Engine, actor: str = "") -> None:
        self._engine = engine
        self._actor = actor

    @property
    def has_one_writer(self) -> bool:
        """Whether the database has one writer at a time, for whom others ask again and again: SQLite."""
        return self._engine.dialect.name != POSTGRESQL

    def record(self, connection: Connection, action: str, subject: str, detail: str = "") -> None:
        """Add what the actor did to the audit trail, the last in a transaction. No data of patients."""
        if self._actor:
            record_act(connection, AuditAct(self._actor, action, subject, detail))

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection for reading and writing: all of it is stored at the end, or nothing.

        Raises `LedgerError` for whatever the database refuses.
        """
        with transaction(self._engine) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for reading alone."""
        with transaction(self._engine, reads_only=True) as connection:
            yield connection

    @contextmanager
    def on_trial(self) -> Iterator["Ledger"]:
        """Give a ledger that knows what this one does, and all of whose changes are taken back at the end.

        Meanwhile others wait for what it has changed; on SQLite, with all their changes.
        """
        with ledger_errors(), self._engine.connect() as connection, connection.begin() as trial:
            yield _TrialLedger(self._engine, connection)
            trial.rollback()

    def close(self) -> None:
        """Give the database back; a later transaction asks for it again."""
        with ledger_errors():
            self._engine.dispose()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class _TrialLedger(Ledger):
    """A ledger whose transactions are parts of one that is not stored."""

    def __init__(self, engine: Engine, connection: Connection) -> None:
        super().__init__(engine)
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        with ledger_errors(), self._connection.begin_nested():
            yield self._connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.transaction() as connection:
            yield connection


def init_ledger(address: str) -> None:
    """Make a new ledger, or bring an older one up to date.

    `address` is a file, `sqlite:///FILE` or `postgresql://...`. Raises `LedgerError` where the database
    cannot be used or is of a newer release, and `ConfigError` for a wrong address.
    """
    with Ledger(connect(ledger_url(address), create=True)) as ledger, ledger.transaction() as connection:
        set_up(connection)


def open_ledger(address: str, actor: str = "") -> Ledger:
    """Open a ledger that was made by `init_ledger`, for an actor where acts are to be recorded.

    Raises as `init_ledger` does.
    """
    ledger = Ledger(connect(ledger_url(address)), actor)
    try:
        with ledger.reading() as connection:
            require_latest(connection)
    except BaseException:
        ledger.close()
        raise
    return ledger
