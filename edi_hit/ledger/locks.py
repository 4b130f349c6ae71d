"""Keeps two workers from the same thing at the same time: the claims of a person, or anything with a name."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, text

from edi_hit.ledger.database import POSTGRESQL

_LOCK_ALL = text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS key")


def lock_people(connection: Connection, called: Iterable[str]) -> None:
    """Wait until no other transaction holds one of these people, and hold them until this one ends.

    All workers lock in one order, so that none waits for another in a circle. SQLite has one writer at a
    time, so there is nothing to do. Raises `LedgerError` (through the transaction) after a long wait.
    """
    lock_names(connection, called)


def lock_names(connection: Connection, names: Iterable[str]) -> None:
    """Hold whatever these names stand for, as `lock_people` does."""
    if connection.dialect.name == POSTGRESQL:
        connection.execute(_LOCK_ALL, {"keys": sorted({_key(name) for name in names})})


def _key(name: str) -> int:
    """A number of 64 bits for a name: two that share one only wait for each other."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)
