"""Files taken in, known by what they hold, and the numbers given out: of files and of interchanges."""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec
from sqlalchemy import Connection, insert, select, update

from edi_hit.ledger.file_tables import COUNTER, INPUT_FILE, RECEIVED_INTERCHANGE
from edi_hit.ledger.statements import in_chunks, insert_new

InterchangeId = tuple[str, str, str]
"""Who sent an interchange under which number: ISA05, ISA06 and ISA13."""

FILES = "file"
INTERCHANGES = "interchange"
DROP_FILES = "drop_file"
REGISTRATIONS = "registration"
ACKNOWLEDGMENTS = "acknowledgment"
COUNTERS = (FILES, INTERCHANGES, DROP_FILES, REGISTRATIONS, ACKNOWLEDGMENTS)


class KnownFile(msgspec.Struct, frozen=True):
    """A file of the ledger: its number, the day it was received, and whether all its results were written.

    `is_new` says that it was not known before.
    """

    number: int
    received_on: date
    finished: bool
    is_new: bool


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, in hexadecimal. Raises `OSError`."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def take_in(connection: Connection, sha256: str, received_on: date) -> KnownFile:
    """Give the file with these bytes, taking it in where it is not known; the first receipt counts."""
    found = connection.execute(select(INPUT_FILE).where(INPUT_FILE.c.sha256 == sha256)).first()
    if found is not None:
        return KnownFile(found.file, found.received_on, found.finished, is_new=False)
    number = take_number(connection, FILES)
    row = {"file": number, "sha256": sha256, "received_on": received_on, "finished": False}
    connection.execute(insert(INPUT_FILE).values(row))
    return KnownFile(number, received_on, finished=False, is_new=True)


def finish(connection: Connection, files: list[int]) -> None:
    """Note that all results of the files were written."""
    connection.execute(update(INPUT_FILE).where(INPUT_FILE.c.file.in_(files)).values(finished=True))


def note_interchanges(
    connection: Connection, file: int, interchanges: Iterable[InterchangeId]
) -> list[InterchangeId]:
    """Note the interchanges of a file; give those whose sender used their number in another one before."""
    mine, table = list(dict.fromkeys(interchanges)), RECEIVED_INTERCHANGE
    before: set[InterchangeId] = set()
    for some in in_chunks(mine):
        numbers = table.c.control_number.in_([number for _, _, number in some])
        query = select(table.c.sender_qualifier, table.c.sender, table.c.control_number)
        found = connection.execute(query.where(numbers, table.c.file != file))
        before.update((row.sender_qualifier, row.sender, row.control_number) for row in found)
        names = ("sender_qualifier", "sender", "control_number")
        insert_new(connection, table, [{**dict(zip(names, one, strict=True)), "file": file} for one in some])
    return [one for one in mine if one in before]


def take_number(connection: Connection, counter: str, at_least: int = 1) -> int:
    """Take the next number of a counter, never given before and not below `at_least`."""
    of = COUNTER.c.name == counter
    connection.execute(update(COUNTER).where(of, COUNTER.c.last < at_least - 1).values(last=at_least - 1))
    connection.execute(update(COUNTER).where(of).values(last=COUNTER.c.last + 1))
    last: int = connection.execute(select(COUNTER.c.last).where(of)).scalar_one()
    return last


def take_numbers(connection: Connection, counter: str, count: int) -> int:
    """Take so many numbers of a counter that follow each other; give the first."""
    first = take_number(connection, counter)
    of = COUNTER.c.name == counter
    connection.execute(update(COUNTER).where(of).values(last=COUNTER.c.last + max(0, count - 1)))
    return first
