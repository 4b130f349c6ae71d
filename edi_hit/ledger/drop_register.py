"""Notes what a file holds, once, and tells which of its bytes, interchanges and claims came before."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Select, func, insert, or_, select

from edi_hit.ledger.drop_journal import DropFile, DropState, Holder, as_file, hold_file, note_file
from edi_hit.ledger.drop_order import must_wait, note_people
from edi_hit.ledger.exchange_tables import DROP_CLAIM, DROP_FILE, DROP_INTERCHANGE
from edi_hit.ledger.files import REGISTRATIONS, take_number
from edi_hit.ledger.locks import lock_names
from edi_hit.ledger.statements import in_chunks, insert_new

_LOCK = "drop register"

InterchangeKey = tuple[str, str]
"""A digest of ISA05 to ISA08, and ISA13."""


class Contents(msgspec.Struct, frozen=True):
    """What a file holds. `claims` are the digests of its claims, where they are to be looked for.

    `people` are the member ids in it, where it is to be adjudicated.
    """

    sha256: str
    size: int
    partner: str
    interchanges: tuple[InterchangeKey, ...]
    claims: frozenset[str]
    file_days: int
    interchange_days: int
    claim_days: int
    people: frozenset[str] = frozenset()


class Registered(msgspec.Struct, frozen=True):
    """A file whose contents are noted, and what of them came before in other files.

    `waits` is true where another file is to be answered first: of the same bytes, or about the same people.
    """

    file: DropFile
    interchanges: frozenset[InterchangeKey] = frozenset()
    claims: frozenset[str] = frozenset()
    waits: bool = False


def register_file(
    connection: Connection,
    holder: Holder,
    number: int,
    contents: Contents,
    control_numbers: Callable[[], int],
) -> Registered:
    """Note what a file holds, and tell what of it came before. A second call tells the same.

    `control_numbers` gives what its acknowledgements are numbered from. Files are registered one after
    another, so of two with the same claims exactly one is the first. Raises `LeaseLostError`.
    """
    lock_names(connection, [_LOCK])
    file = hold_file(connection, holder, number)
    if file.registration is None:
        same = _same_bytes(connection, file, contents)
        if same is not None and same.state is not DropState.CLOSED:
            return Registered(file, waits=True)
        file = _noted(connection, file, contents, same, control_numbers)
    if file.duplicate_of is not None:
        return Registered(file)
    if must_wait(connection, file):
        return Registered(file, waits=True)
    interchanges = _used_before(connection, file, contents)
    return Registered(file, interchanges, _sent_before(connection, file, contents))


def note_bytes(connection: Connection, holder: Holder, number: int, contents: Contents) -> DropFile:
    """Note the bytes of a file nothing else is told of. Raises `LeaseLostError`."""
    lock_names(connection, [_LOCK])
    file = hold_file(connection, holder, number)
    if file.sha256 is not None:
        return file
    copy = _copies(connection, contents) + 1
    return note_file(connection, number, sha256=contents.sha256, size=contents.size, copy=copy)


def _copies(connection: Connection, contents: Contents) -> int:
    known = select(func.count()).select_from(DROP_FILE).where(DROP_FILE.c.sha256 == contents.sha256)
    return connection.scalar(known) or 0


def _noted(
    connection: Connection,
    file: DropFile,
    contents: Contents,
    same: DropFile | None,
    control_numbers: Callable[[], int],
) -> DropFile:
    if same is None:
        rows = [
            {"file": file.number, "place": place, "parties": parties, "control_number": control_number}
            for place, (parties, control_number) in enumerate(contents.interchanges)
        ]
        if rows:
            connection.execute(insert(DROP_INTERCHANGE), rows)
        for some in in_chunks(sorted(contents.claims)):
            insert_new(connection, DROP_CLAIM, [{"digest": digest, "file": file.number} for digest in some])
        note_people(connection, file.number, contents.people)
    return note_file(
        connection,
        file.number,
        state=DropState.REGISTERED,
        sha256=contents.sha256,
        size=contents.size,
        copy=1 + _copies(connection, contents),
        duplicate_of=same.number if same is not None else None,
        partner=contents.partner,
        registration=take_number(connection, REGISTRATIONS),
        first_control_number=control_numbers() if same is None else None,
    )


def _same_bytes(connection: Connection, file: DropFile, contents: Contents) -> DropFile | None:
    """The first file with the same bytes that was, or is being, answered."""
    if not contents.file_days:
        return None
    chosen = (
        select(DROP_FILE)
        .where(DROP_FILE.c.sha256 == contents.sha256, DROP_FILE.c.number != file.number, _counts())
        .where(DROP_FILE.c.received_on >= _since(file.received_on, contents.file_days))
        .where(DROP_FILE.c.duplicate_of.is_(None), DROP_FILE.c.folder == file.folder)
        .order_by(DROP_FILE.c.registration)
    )
    row = connection.execute(chosen).first()
    return None if row is None else as_file(row)


def _used_before(connection: Connection, file: DropFile, contents: Contents) -> frozenset[InterchangeKey]:
    if not contents.interchange_days:
        return frozenset()
    wanted = set(contents.interchanges)
    found: set[InterchangeKey] = set()
    keys = select(DROP_INTERCHANGE.c.parties, DROP_INTERCHANGE.c.control_number)
    chosen = _earlier(keys, DROP_INTERCHANGE.c.file, file, contents.interchange_days)
    for some in in_chunks(sorted({number for _, number in wanted})):
        for row in connection.execute(chosen.where(DROP_INTERCHANGE.c.control_number.in_(some))):
            found.add((row.parties, row.control_number))
    return frozenset(found & wanted)


def _sent_before(connection: Connection, file: DropFile, contents: Contents) -> frozenset[str]:
    if not contents.claim_days:
        return frozenset()
    found: set[str] = set()
    chosen = _earlier(select(DROP_CLAIM.c.digest), DROP_CLAIM.c.file, file, contents.claim_days)
    for some in in_chunks(sorted(contents.claims)):
        found.update(connection.execute(chosen.where(DROP_CLAIM.c.digest.in_(some))).scalars())
    return frozenset(found)


def _earlier(chosen: Select[Any], of: Column[int], file: DropFile, days: int) -> Select[Any]:
    """Only what stands in files registered before, within so many days, that were answered or may be."""
    return chosen.join_from(of.table, DROP_FILE, DROP_FILE.c.number == of).where(
        DROP_FILE.c.registration < file.registration,
        DROP_FILE.c.received_on >= _since(file.received_on, days),
        _counts(),
    )


def _counts() -> ColumnElement[bool]:
    return or_(DROP_FILE.c.answered.is_(True), DROP_FILE.c.state != DropState.CLOSED)


def _since(day: date, days: int) -> date:
    return day - timedelta(days=min(days, (day - date.min).days))
