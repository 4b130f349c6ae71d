"""Claims as they were answered, or wait: to be asked about again."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, or_, select

from edi_hit.ledger.claim_tables import CLAIM, CLAIM_ANSWER, CLAIM_LINE, CLAIMS_PER_FILE, claim_number
from edi_hit.ledger.file_tables import INPUT_FILE
from edi_hit.ledger.reopening_tables import TOLD_CLAIM
from edi_hit.ledger.statements import in_chunks

PENDED = "pended"
STANDING = (PENDED, "paid", "denied")
"""States of a claim that stands: it was not sent back."""

_PAYER_NUMBER = "SIM"

_TOLD = select(TOLD_CLAIM.c.claim).where(TOLD_CLAIM.c.claim == CLAIM.c.claim).exists()


class StoredClaim(msgspec.Struct, frozen=True):
    """A claim by its number, its sender (ISA05, ISA06), its receipt, and it and its answer as recorded.

    `next_look_on` is the day one that waits for its drug is to be asked about again.
    """

    number: int
    sender: tuple[str, str]
    received_on: date
    body: bytes
    answer: bytes
    next_look_on: date | None


def waiting_claims(connection: Connection) -> Iterator[StoredClaim]:
    """Yield the claims that wait, in the order they came in."""
    yield from _stored(connection, CLAIM.c.state == PENDED)


def standing_claims(connection: Connection, people: Iterable[str]) -> Iterator[StoredClaim]:
    """Yield the claims of people, by member id, that were answered or wait, in the order they came in.

    Claims of which the payer told another outcome are left out.
    """
    for some in in_chunks(people):
        theirs = select(CLAIM_LINE.c.claim).where(CLAIM_LINE.c.person.in_(some))
        yield from _stored(connection, CLAIM.c.claim.in_(theirs), CLAIM.c.state.in_(STANDING), ~_TOLD)


def those_standing(connection: Connection, claims: Iterable[int]) -> Iterator[StoredClaim]:
    """Yield those of some claims, by number, that `standing_claims` gives of a person."""
    for some in in_chunks(claims):
        yield from _stored(connection, CLAIM.c.claim.in_(some), CLAIM.c.state.in_(STANDING), ~_TOLD)


def find_answered(connection: Connection, name: str) -> dict[int, str]:
    """Give the claims that were answered, by number, with their person.

    `name` is CLM01, or the number of our 835s (CLP07), which names one claim alone.
    """
    its = or_(CLAIM.c.claim_id == name, CLAIM.c.claim == number_of(name))
    rows = connection.execute(
        select(CLAIM.c.claim, CLAIM.c.person)
        .join(CLAIM_ANSWER, CLAIM_ANSWER.c.claim == CLAIM.c.claim)
        .where(its, CLAIM.c.state.in_(STANDING[1:]))
    )
    return {row.claim: row.person for row in rows}


def payer_number(claim: int) -> str:
    """Give the number of a claim in our 277CA (REF*1K) and 835 (CLP07): never given twice."""
    file, place = divmod(claim, CLAIMS_PER_FILE)
    return f"{_PAYER_NUMBER}{file:06d}{place + 1:09d}"


def number_of(name: str) -> int:
    """Read a number of `payer_number` back; -1 where it is none."""
    digits = name.removeprefix(_PAYER_NUMBER)
    if digits == name or not digits.isascii() or not digits.isdigit() or len(digits) < 15:
        return -1
    return claim_number(int(digits[:-9]), int(digits[-9:]) - 1)


def _stored(connection: Connection, *which: ColumnElement[bool]) -> Iterator[StoredClaim]:
    query: Select[Any] = (
        select(CLAIM_ANSWER, INPUT_FILE.c.received_on, CLAIM.c.next_look_on)
        .join(CLAIM, CLAIM.c.claim == CLAIM_ANSWER.c.claim)
        .join(INPUT_FILE, INPUT_FILE.c.file == CLAIM.c.claim // CLAIMS_PER_FILE)
        .where(*which)
        .order_by(CLAIM.c.claim)
    )
    for row in connection.execute(query):
        sender = (row.sender_qualifier, row.sender)
        yield StoredClaim(row.claim, sender, row.received_on, row.body, row.answer, row.next_look_on)
