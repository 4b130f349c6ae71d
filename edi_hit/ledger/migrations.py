"""The ledger's version: made new at the latest one, brought up step by step, refused where it is newer."""

from collections.abc import Callable, Sequence

from sqlalchemy import Column, Connection, Integer, Table, insert, inspect, select, update

from edi_hit.ledger.audit_tables import begin_audit
from edi_hit.ledger.file_tables import COUNTER
from edi_hit.ledger.files import COUNTERS
from edi_hit.ledger.step_2 import step_2
from edi_hit.ledger.step_3 import step_3
from edi_hit.ledger.step_4 import step_4
from edi_hit.ledger.step_5 import step_5
from edi_hit.ledger.step_6 import step_6
from edi_hit.ledger.step_7 import step_7
from edi_hit.ledger.step_8 import step_8
from edi_hit.ledger.step_9 import step_9
from edi_hit.ledger.step_10 import step_10
from edi_hit.ledger.tables import METADATA
from edi_hit.rules import LedgerError

Step = Callable[[Connection], None]

STEPS: tuple[Step, ...] = (step_2, step_3, step_4, step_5, step_6, step_7, step_8, step_9, step_10)
"""What turns version 1 into 2, 2 into 3 and so on. A step, once released, is never changed.

A step says in full what it does to the tables of its day; it does not use the tables declared today.
"""

SCHEMA_VERSION = Table("schema_version", METADATA, Column("version", Integer, primary_key=True))


def latest_version(steps: Sequence[Step] = STEPS) -> int:
    """Give the version this release works with."""
    return 1 + len(steps)


def version_of(connection: Connection) -> int | None:
    """Give the version of a ledger; None where the database is no ledger."""
    if not inspect(connection).has_table(SCHEMA_VERSION.name):
        return None
    return connection.scalar(select(SCHEMA_VERSION.c.version))


def set_up(connection: Connection, steps: Sequence[Step] = STEPS) -> None:
    """Make the tables of a new ledger, or bring an older one up to the latest version.

    Raises `LedgerError` where the ledger is newer than this release.
    """
    version = version_of(connection)
    if version is None:
        METADATA.create_all(connection)
        connection.execute(insert(SCHEMA_VERSION).values(version=latest_version(steps)))
        connection.execute(insert(COUNTER), [{"name": name, "last": 0} for name in COUNTERS])
        begin_audit(connection)
        return
    refuse_newer(version, steps)
    for step in steps[version - 1 :]:
        step(connection)
    connection.execute(update(SCHEMA_VERSION).values(version=latest_version(steps)))


def require_latest(connection: Connection, steps: Sequence[Step] = STEPS) -> None:
    """Raise `LedgerError` where the database is no ledger, or one of another version."""
    version = version_of(connection)
    if version is None:
        raise LedgerError("the database is no ledger; edi-hit ledger init makes one of it")
    refuse_newer(version, steps)
    if version < latest_version(steps):
        raise LedgerError(f"the ledger is of version {version}; edi-hit ledger init brings it up to date")


def refuse_newer(version: int, steps: Sequence[Step] = STEPS) -> None:
    """Raise `LedgerError` where a ledger's version is newer than this release works with."""
    if version > latest_version(steps):
        raise LedgerError(
            f"the ledger is of version {version}, newer than this release, which works with"
            f" {latest_version(steps)}: install the newer release"
        )
