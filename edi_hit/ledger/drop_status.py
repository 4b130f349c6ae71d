"""What the journal of the file drop says, in counts and times."""

import msgspec
from sqlalchemy import Connection, func, select

from edi_hit.ledger.audit import AuditHead, audit_head
from edi_hit.ledger.clock import database_now
from edi_hit.ledger.drop_journal import OPEN_STATES, DropFile, Fate, as_file
from edi_hit.ledger.exchange_tables import DROP_FILE, DROP_TOTAL


class Total(msgspec.Struct, frozen=True):
    """Files of a folder that came to one end; `seconds` sums their times from arrival to end."""

    folder: str
    fate: str
    files: int
    bytes: int
    claims: int
    seconds: int


class OpenFiles(msgspec.Struct, frozen=True):
    """Files of a folder in one state: how many, and for how many seconds the oldest is there."""

    folder: str
    state: str
    files: int
    oldest_seconds: int


class JournalStatus(msgspec.Struct, frozen=True):
    """The journal at `now` (seconds since 1970): open files, totals, holders of leases, the last troubles."""

    now: int
    open: tuple[OpenFiles, ...]
    totals: tuple[Total, ...]
    workers: tuple[str, ...]
    troubles: tuple[DropFile, ...]
    audit: AuditHead


def journal_status(connection: Connection, most_troubles: int) -> JournalStatus:
    """Count what the journal holds; give so many of the files that went wrong last, which takes longer."""
    now = database_now(connection)
    open_state = DROP_FILE.c.state.in_(OPEN_STATES)
    opened = connection.execute(
        select(DROP_FILE.c.folder, DROP_FILE.c.state, func.count(), func.min(DROP_FILE.c.received_at))
        .where(open_state)
        .group_by(DROP_FILE.c.folder, DROP_FILE.c.state)
        .order_by(DROP_FILE.c.folder, DROP_FILE.c.state)
    )
    totals = connection.execute(select(DROP_TOTAL).order_by(DROP_TOTAL.c.folder, DROP_TOTAL.c.fate))
    workers = select(DROP_FILE.c.owner).where(
        open_state, DROP_FILE.c.lease_until > now, DROP_FILE.c.owner != ""
    )
    troubles = (
        select(DROP_FILE)
        .where(DROP_FILE.c.fate.in_((Fate.ERROR, Fate.QUARANTINE)), DROP_FILE.c.closed_at.is_not(None))
        .order_by(DROP_FILE.c.closed_at.desc(), DROP_FILE.c.number.desc())
        .limit(most_troubles)
    )
    return JournalStatus(
        now=now,
        open=tuple(
            OpenFiles(folder, state, files, max(0, now - since)) for folder, state, files, since in opened
        ),
        totals=tuple(Total(*row) for row in totals),
        workers=tuple(sorted(set(connection.execute(workers).scalars()))),
        troubles=tuple(as_file(row) for row in connection.execute(troubles)) if most_troubles else (),
        audit=audit_head(connection),
    )
