"""The 835 interchanges sent: their control numbers, and what each transaction set held."""

import hashlib
from datetime import date
from decimal import Decimal

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from edi_hit.ledger.file_tables import RESERVED_INTERCHANGE, SENT_CLAIM, SENT_INTERCHANGE, SENT_SET
from edi_hit.ledger.files import INTERCHANGES, take_number
from edi_hit.ledger.open_balances import forget_balances
from edi_hit.ledger.statements import in_chunks, insert_rows


class SentSet(msgspec.Struct, frozen=True):
    """A transaction set: payer and payee, dollars paid, and the claims it answers by their numbers."""

    payer: str
    payee: str
    total: Decimal
    claims: tuple[int, ...]


class SentInterchange(msgspec.Struct, frozen=True, omit_defaults=True):
    """An interchange to the sender of a file's claims (ISA05 and ISA06 of those), and its sets in order.

    `takes_back` are the answers it takes back, by claim and revision.
    """

    file: int
    receiver_qualifier: str
    receiver: str
    sets: tuple[SentSet, ...]
    takes_back: tuple[tuple[int, int], ...] = ()


def control_number_of(connection: Connection, sent: SentInterchange, on: date, at_least: int) -> int:
    """Give the control number (ISA13) of an interchange, and record what it holds.

    One that was recorded with the very same content keeps its number; else one that is kept for the file is
    taken, or the next one, not below `at_least`. `on` is the day of its production.
    """
    content = hashlib.sha256(msgspec.msgpack.encode(sent)).hexdigest()
    same = SENT_INTERCHANGE.c.file == sent.file, SENT_INTERCHANGE.c.content == content
    number = connection.scalar(select(SENT_INTERCHANGE.c.control_number).where(*same))
    if number is None:
        number = _reserved(connection, sent.file) or take_number(connection, INTERCHANGES, at_least)
        _record(connection, number, sent, content, on)
    return number


def reserve_interchanges(connection: Connection, file: int, count: int, at_least: int) -> None:
    """Keep so many control numbers for the interchanges that will answer a file, not below `at_least`.

    They are used before any other, so that the numbers of its 835 do not depend on when it is made.
    """
    rows = [
        {"control_number": take_number(connection, INTERCHANGES, at_least), "file": file}
        for _ in range(count)
    ]
    if rows:
        connection.execute(insert(RESERVED_INTERCHANGE), rows)


def _reserved(connection: Connection, file: int) -> int | None:
    """Take the first control number that is kept for a file; None where there is none."""
    kept = RESERVED_INTERCHANGE.c
    number: int | None = connection.scalar(select(func.min(kept.control_number)).where(kept.file == file))
    connection.execute(delete(RESERVED_INTERCHANGE).where(kept.control_number == number))
    return number


def forget_interchanges(connection: Connection, numbers: list[int]) -> None:
    """Forget interchanges that could not be written; their numbers are not used again."""
    forget_balances(connection, numbers)
    for table in (SENT_CLAIM, SENT_SET, SENT_INTERCHANGE):
        connection.execute(delete(table).where(table.c.control_number.in_(numbers)))


def _record(connection: Connection, number: int, sent: SentInterchange, content: str, on: date) -> None:
    head = {
        "control_number": number,
        "file": sent.file,
        "content": content,
        "receiver_qualifier": sent.receiver_qualifier,
        "receiver": sent.receiver,
        "produced_on": on,
    }
    connection.execute(insert(SENT_INTERCHANGE).values(head))
    sets = list(enumerate(sent.sets, 1))
    rows = [(number, place, one.payer, one.payee, one.total, len(one.claims)) for place, one in sets]
    insert_rows(connection, SENT_SET, rows)
    for some in in_chunks((number, place, claim) for place, one in sets for claim in one.claims):
        insert_rows(connection, SENT_CLAIM, some)
