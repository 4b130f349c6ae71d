"""Adds to the audit trail, and verifies that nothing of it was changed or removed."""

import hashlib

import msgspec
from sqlalchemy import Connection, insert, select, update

from edi_hit.ledger.audit_tables import AUDIT_ENTRY, AUDIT_HEAD, FIRST, ONLY
from edi_hit.ledger.clock import database_now, utc

_AT_ONCE = 10_000
"""Entries read from the database at a time."""


class AuditAct(msgspec.Struct, frozen=True):
    """Something done: by whom, what, to what. None of it holds data of patients."""

    actor: str
    action: str
    subject: str
    detail: str = ""


class AuditHead(msgspec.Struct, frozen=True):
    """The end of the trail: how many entries, and the hash of the last."""

    entries: int
    hash: str

    def __str__(self) -> str:
        return f"{self.entries}:{self.hash}"


class AuditVerdict(msgspec.Struct, frozen=True):
    """What verifying found: the head, and each fault in words, none where the trail is whole."""

    head: AuditHead
    faults: tuple[str, ...]


def record_act(connection: Connection, act: AuditAct) -> AuditHead:
    """Add an entry, the last thing a transaction does: others wait for the head. Gives the new head."""
    head = AUDIT_HEAD.c.id == ONLY
    last = connection.execute(select(AUDIT_HEAD).where(head).with_for_update()).one()
    at = f"{utc(database_now(connection)):%Y-%m-%dT%H:%M:%SZ}"
    row: dict[str, object] = {"entry": last.entries + 1, "at": at, **msgspec.structs.asdict(act)}
    row["previous"] = last.hash
    new = AuditHead(last.entries + 1, _hash(row))
    connection.execute(insert(AUDIT_ENTRY).values(**row, hash=new.hash))
    connection.execute(update(AUDIT_HEAD).where(head).values(entries=new.entries, hash=new.hash))
    return new


def audit_head(connection: Connection) -> AuditHead:
    """Give the end of the trail."""
    row = connection.execute(select(AUDIT_HEAD).where(AUDIT_HEAD.c.id == ONLY)).one()
    return AuditHead(row.entries, row.hash)


def verify_audit(connection: Connection, known: AuditHead | None = None) -> AuditVerdict:
    """Verify every entry, their order and the head.

    `known` is a head noted down before, outside the database: the trail must still pass through it. Whoever
    can rewrite the whole database can only be found out by such a note.
    """
    head, faults = audit_head(connection), []
    expected, previous = 1, FIRST
    passed = known is None or known.entries == 0
    entries = select(AUDIT_ENTRY).order_by(AUDIT_ENTRY.c.entry).execution_options(yield_per=_AT_ONCE)
    for row in connection.execute(entries).mappings():
        if row["entry"] != expected:
            faults.append(f"entry {_numbers(expected, row['entry'] - 1)} removed")
        elif row["previous"] != previous:
            faults.append(f"entry {expected} does not follow the one before")
        if _hash(dict(row)) != row["hash"]:
            faults.append(f"entry {row['entry']} changed")
        expected, previous = row["entry"] + 1, row["hash"]
        passed |= known is not None and (row["entry"], row["hash"]) == (known.entries, known.hash)
    if expected - 1 < head.entries:
        faults.append(f"entry {_numbers(expected, head.entries)} removed")
    elif (expected - 1, previous) != (head.entries, head.hash):
        faults.append("the head is not that of the last entry")
    if not passed:
        faults.append("the trail does not pass through the head given")
    return AuditVerdict(head, tuple(faults))


def _numbers(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _hash(row: dict[str, object]) -> str:
    """The hash of an entry: of all its columns but itself."""
    held = msgspec.json.encode([str(row[column.name]) for column in AUDIT_ENTRY.c if column.name != "hash"])
    return hashlib.sha256(held).hexdigest()
