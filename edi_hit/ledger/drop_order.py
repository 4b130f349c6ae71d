"""In which order files of a drop are adjudicated: as they came, as far as one may bear on another.

They are claimed one after another, none before it was noted what the one before it holds. Those that share a
person are decided one after another; others at the same time.
"""

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, or_, select

from edi_hit.ledger.clock import database_now
from edi_hit.ledger.drop_journal import DropFile, DropState
from edi_hit.ledger.exchange_tables import DROP_FILE, DROP_PERSON
from edi_hit.ledger.locks import lock_names
from edi_hit.ledger.people import People
from edi_hit.ledger.statements import in_chunks

_LOCK = "drop order"


def is_next(connection: Connection, folders: Sequence[str]) -> bool:
    """Whether a file of these folders may be claimed: what those claimed before it hold is noted.

    Other workers wait until the transaction ends. A file that is left alone for a while, since something
    failed, is not waited for.
    """
    lock_names(connection, [_LOCK])
    unread = DROP_FILE.c.state.in_((DropState.CLAIMED, DropState.TAKEN))
    at_hand = or_(DROP_FILE.c.owner != "", DROP_FILE.c.lease_until <= database_now(connection))
    chosen = select(DROP_FILE.c.number).where(unread, DROP_FILE.c.folder.in_(folders), at_hand)
    return connection.execute(chosen.limit(1)).first() is None


def note_people(connection: Connection, file: int, people: Iterable[str]) -> None:
    """Note whom a file that is to be adjudicated is about, by member ids."""
    known = People(connection)
    digests = {hashlib.sha256(known.called(one).encode()).hexdigest()[:32] for one in people}
    for some in in_chunks(sorted(digests)):
        connection.execute(insert(DROP_PERSON), [{"file": file, "person": digest} for digest in some])


def must_wait(connection: Connection, file: DropFile) -> bool:
    """Whether a file registered before this one is about one of the same people, and is not decided yet."""
    mine, other = DROP_PERSON.alias(), DROP_PERSON.alias()
    chosen = (
        select(other.c.file)
        .join(mine, mine.c.person == other.c.person)
        .join(DROP_FILE, DROP_FILE.c.number == other.c.file)
        .where(mine.c.file == file.number, DROP_FILE.c.registration < file.registration)
    )
    return connection.execute(chosen.limit(1)).first() is not None


def forget_people(connection: Connection, file: int) -> None:
    """Note that a file was decided."""
    connection.execute(delete(DROP_PERSON).where(DROP_PERSON.c.file == file))
