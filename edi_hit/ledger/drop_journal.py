"""The journal of the file drop: who holds a file, by leases in the database's clock, and how far it is."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select, update

from edi_hit.ledger.clock import database_now, utc
from edi_hit.ledger.exchange_tables import DROP_FILE
from edi_hit.ledger.files import DROP_FILES, take_number
from edi_hit.ledger.statements import in_chunks, insert_new
from edi_hit.rules import LedgerError


class DropState(StrEnum):
    """How far a file is. `CLAIMED`: still in its inbound folder, perhaps; `CLOSED`: nothing is left to do."""

    CLAIMED = "claimed"
    TAKEN = "taken"
    REGISTERED = "registered"
    DECIDED = "decided"
    CLOSED = "closed"


OPEN_STATES = tuple(state for state in DropState if state is not DropState.CLOSED)


class Fate(StrEnum):
    """Where a file ends. `WITHDRAWN`: it was gone before it could be taken."""

    ARCHIVE = "archive"
    ERROR = "error"
    QUARANTINE = "quarantine"
    WITHDRAWN = "withdrawn"


class LeaseLostError(LedgerError):
    """Another worker has taken a file over: this one must leave it alone."""


class DropFile(msgspec.Struct, frozen=True):
    """A file of the journal.

    `token` names it in the work folder. `takes` counts how often a worker took it up,
    `failures` how often one broke down on it. `copy` is 1 for the
    first file with these bytes, `duplicate_of` the number of that one where it is another. `registration`
    orders files by when it was noted what they hold. `outputs` are written files: folder and name.
    """

    number: int
    folder: str
    name: str
    token: str
    state: DropState
    takes: int
    failures: int
    received_on: date
    size: int | None = None
    sha256: str | None = None
    copy: int | None = None
    duplicate_of: int | None = None
    partner: str | None = None
    registration: int | None = None
    first_control_number: int | None = None
    fate: Fate | None = None
    reason: str | None = None
    outputs: tuple[tuple[str, str], ...] = ()
    claims: int | None = None


class Holder(msgspec.Struct, frozen=True):
    """A worker, and for how many seconds it holds a file without renewing its lease."""

    owner: str
    lease_seconds: int


def as_file(row: Row[tuple[object, ...]]) -> DropFile:
    """Read a row of the journal."""
    fields = {name: row._mapping[name] for name in DropFile.__struct_fields__}
    fields["outputs"] = tuple(tuple(output) for output in fields["outputs"] or ())
    return msgspec.convert(fields, DropFile, strict=False)


def claim_name(
    connection: Connection, holder: Holder, folder: str, name: str, token: str, received_on: date | None
) -> DropFile | None:
    """Claim a file of an inbound folder by its name; None where another worker has.

    `received_on` is by default the day of the database's clock, in UTC.
    """
    now = database_now(connection)
    row = {
        "number": take_number(connection, DROP_FILES),
        "folder": folder,
        "name": name,
        "open_name": f"{folder}/{name}",
        "token": token,
        "state": DropState.CLAIMED,
        "owner": holder.owner,
        "lease_until": now + holder.lease_seconds,
        "takes": 1,
        "failures": 0,
        "received_at": now,
        "received_on": received_on or utc(now).date(),
    }
    insert_new(connection, DROP_FILE, [row])
    found = connection.execute(select(DROP_FILE).where(DROP_FILE.c.token == token)).first()
    return None if found is None else as_file(found)


def take_over(connection: Connection, holder: Holder, folders: list[str]) -> DropFile | None:
    """Take over the first open file of these folders that nobody holds; None where there is none.

    Where its last worker did not give it back, that one broke down on it.

    A lease that ends later than any given now can end was given before the clock was set back: it is void.
    """
    now = database_now(connection)
    candidates = connection.execute(
        select(DROP_FILE)
        .where(DROP_FILE.c.state.in_(OPEN_STATES), DROP_FILE.c.folder.in_(folders), _free(now, holder))
        .order_by(DROP_FILE.c.lease_until, DROP_FILE.c.number)
        .limit(20)
    ).all()
    for row in candidates:
        done = connection.execute(
            update(DROP_FILE)
            .where(DROP_FILE.c.number == row.number, DROP_FILE.c.lease_until == row.lease_until)
            .where(DROP_FILE.c.owner == row.owner, DROP_FILE.c.takes == row.takes)
            .values(
                owner=holder.owner,
                lease_until=now + holder.lease_seconds,
                takes=row.takes + 1,
                failures=row.failures + (row.owner != ""),
            )
        )
        if done.rowcount:
            taken = connection.execute(select(DROP_FILE).where(DROP_FILE.c.number == row.number)).one()
            return as_file(taken)
    return None


LONGEST_WAIT_SECONDS = 3_600
"""For how long a file that failed is left alone at most."""


def _free(now: int, holder: Holder) -> ColumnElement[bool]:
    until, owned = DROP_FILE.c.lease_until, DROP_FILE.c.owner != ""
    return or_(
        until <= now,
        until > now + LONGEST_WAIT_SECONDS,
        and_(owned, until > now + 2 * holder.lease_seconds),
    )


def hold_file(connection: Connection, holder: Holder, number: int) -> DropFile:
    """Hold a file's row until the transaction ends. Raises `LeaseLostError` where it is another's."""
    row = connection.execute(
        select(DROP_FILE)
        .where(DROP_FILE.c.number == number, DROP_FILE.c.owner == holder.owner)
        .where(DROP_FILE.c.state.in_(OPEN_STATES))
        .with_for_update()
    ).first()
    if row is None:
        raise LeaseLostError("another worker has taken the file over")
    return as_file(row)


def note_file(connection: Connection, number: int, **values: object) -> DropFile:
    """Write down more of a file that is held; give it as it stands."""
    connection.execute(update(DROP_FILE).where(DROP_FILE.c.number == number).values(values))
    return as_file(connection.execute(select(DROP_FILE).where(DROP_FILE.c.number == number)).one())


def renew_lease(connection: Connection, holder: Holder, number: int) -> None:
    """Renew the lease of a worker's file; nothing happens where it is not its own any more."""
    until = database_now(connection) + holder.lease_seconds
    mine = (DROP_FILE.c.number == number) & (DROP_FILE.c.owner == holder.owner)
    connection.execute(
        update(DROP_FILE).where(mine, DROP_FILE.c.state.in_(OPEN_STATES)).values(lease_until=until)
    )


def let_go(
    connection: Connection, holder: Holder, number: int, wait_seconds: int, *, failed: bool = False
) -> None:
    """Give a file back, to be taken up by anyone after so many seconds; no error where it is another's.

    `failed` says that the worker broke down on it.
    """
    until = database_now(connection) + min(wait_seconds, LONGEST_WAIT_SECONDS)
    mine = (DROP_FILE.c.number == number) & (DROP_FILE.c.owner == holder.owner)
    open_file = DROP_FILE.c.state.in_(OPEN_STATES)
    connection.execute(
        update(DROP_FILE)
        .where(mine, open_file)
        .values(owner="", lease_until=until, failures=DROP_FILE.c.failures + int(failed))
    )


def file_numbered(connection: Connection, number: int) -> DropFile:
    """Give a file of the journal by its number, whoever holds it."""
    return as_file(connection.execute(select(DROP_FILE).where(DROP_FILE.c.number == number)).one())


def states_of(connection: Connection, folder: str, tokens: Iterable[str]) -> dict[str, DropState]:
    """Give how far the files of a folder with these tokens are; those that are not known are left out."""
    found: dict[str, DropState] = {}
    for some in in_chunks(sorted(tokens)):
        chosen = select(DROP_FILE.c.token, DROP_FILE.c.state)
        rows = connection.execute(chosen.where(DROP_FILE.c.folder == folder, DROP_FILE.c.token.in_(some)))
        found.update((token, DropState(state)) for token, state in rows)
    return found


def open_names(connection: Connection, folder: str) -> set[str]:
    """The names that are claimed in a folder's inbound: nobody may claim them again meanwhile."""
    chosen = select(DROP_FILE.c.name).where(DROP_FILE.c.folder == folder, DROP_FILE.c.open_name.is_not(None))
    return set(connection.execute(chosen).scalars())
