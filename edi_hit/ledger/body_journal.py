"""The journal of the drop, for bodies of the HTTP service: noted with what they hold, without folders."""

from collections.abc import Callable

from sqlalchemy import Connection, or_, select, update

from edi_hit.ledger.clock import database_now
from edi_hit.ledger.drop_journal import (
    OPEN_STATES,
    DropFile,
    DropState,
    Fate,
    Holder,
    claim_name,
    note_file,
)
from edi_hit.ledger.drop_register import Contents, Registered, register_file
from edi_hit.ledger.exchange_tables import DROP_FILE
from edi_hit.rules import LedgerError

_PLACE = "http {partner}"
"""Stands for the folder: the same bytes are looked for among what the same partner sent over HTTP."""


def register_body(
    connection: Connection,
    job: str,
    lease_seconds: int,
    contents: Contents,
    control_numbers: Callable[[], int],
) -> Registered:
    """Note what the body of a job holds, and tell what of it came before; done again, it tells the same.

    `control_numbers` gives what its acknowledgements are numbered from. A body of the same bytes that is not
    answered after `lease_seconds` was broken off, and counts no more.
    """
    holder = Holder(job, lease_seconds)
    place = _PLACE.format(partner=contents.partner)
    _close_broken_off(connection, place, holder)
    file = _taken_up_again(connection, holder) or claim_name(connection, holder, place, job, job, None)
    if file is None:
        raise LedgerError("the journal does not take the body")
    return register_file(connection, holder, file.number, contents, control_numbers)


def close_body(connection: Connection, number: int, *, answered: bool) -> None:
    """Note that work on a body has ended; one that was not `answered` may come again."""
    fate = Fate.ARCHIVE if answered else Fate.WITHDRAWN
    note_file(connection, number, fate=fate, answered=answered, **_closed(connection))


def _closed(connection: Connection) -> dict[str, object]:
    now = database_now(connection)
    return {"state": DropState.CLOSED, "closed_at": now, "open_name": None, "lease_until": 0}


def _taken_up_again(connection: Connection, holder: Holder) -> DropFile | None:
    """Take up a job that was broken off, at its end too: it may have been answered, and nobody told."""
    row = connection.execute(select(DROP_FILE).where(DROP_FILE.c.token == holder.owner)).first()
    if row is None:
        return None
    state = DropState.CLAIMED if row.registration is None else DropState.REGISTERED
    until = database_now(connection) + holder.lease_seconds
    return note_file(connection, row.number, state=state, owner=holder.owner, lease_until=until)


def _close_broken_off(connection: Connection, place: str, holder: Holder) -> None:
    now, until = database_now(connection), DROP_FILE.c.lease_until
    abandoned = or_(until <= now, until > now + holder.lease_seconds)
    connection.execute(
        update(DROP_FILE)
        .where(DROP_FILE.c.folder == place, DROP_FILE.c.state.in_(OPEN_STATES), abandoned)
        .values(fate=Fate.WITHDRAWN, answered=False, **_closed(connection))
    )


def give_up_body(connection: Connection, job: str) -> None:
    """Note that nobody works on the body of a job any more; nothing happens where it came to its end."""
    connection.execute(
        update(DROP_FILE)
        .where(DROP_FILE.c.token == job, DROP_FILE.c.state.in_(OPEN_STATES))
        .values(fate=Fate.WITHDRAWN, answered=False, **_closed(connection))
    )
