"""The audit trail: one row an act, each with the hash of the one before. Nothing is changed or removed."""

from sqlalchemy import Column, Connection, Integer, String, Table, text

from edi_hit.ledger.database import POSTGRESQL
from edi_hit.ledger.metadata import METADATA

AUDIT_ENTRY = Table(
    "audit_entry",
    METADATA,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
    comment="Who did what, when (UTC, by the database's clock), to what. No data of patients.",
)

AUDIT_HEAD = Table(
    "audit_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
    Column("hash", String, nullable=False),
    comment="How many entries there are, and the hash of the last.",
)

ONLY = 1
FIRST = "0" * 64
"""What stands for the hash before the first entry."""

_SQLITE = tuple(
    f"CREATE TRIGGER audit_entry_{verb.lower()} BEFORE {verb} ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
    for verb in ("UPDATE", "DELETE")
)
_POSTGRESQL = (
    "CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$",
    "CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()",
)


def begin_audit(connection: Connection) -> None:
    """Set up an empty trail: its head, and triggers that refuse to change or remove an entry."""
    for statement in _POSTGRESQL if connection.dialect.name == POSTGRESQL else _SQLITE:
        connection.execute(text(statement))
    connection.execute(
        text("INSERT INTO audit_head (id, entries, hash) VALUES (:id, 0, :hash)"),
        {"id": ONLY, "hash": FIRST},
    )
