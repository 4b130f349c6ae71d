"""Batches of claims made for partners: their control numbers, and the claims each holds."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec
from sqlalchemy import Connection, insert, select, update

from edi_hit.ledger.batch_tables import BATCH, BATCH_CLAIM
from edi_hit.ledger.files import INTERCHANGES, take_number
from edi_hit.ledger.statements import in_chunks


class ClaimState(StrEnum):
    """How far a claim that was sent has come."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PAID = "paid"
    DENIED = "denied"
    REVERSED = "reversed"


class Batch(msgspec.Struct, frozen=True):
    """A batch: its control number (ISA13, GS06), whom it goes to (ISA07, ISA08), its file and day.

    `written` once the file is in its place.
    """

    control_number: int
    receiver_qualifier: str
    receiver: str
    file: str
    sent_on: date
    written: bool


class BatchClaim(msgspec.Struct, frozen=True):
    """A claim of a batch: the set it is in (ST02), CLM01, the billing NPI, the payer's id, its charge.

    `content` is a digest of all it says.
    """

    set_control: str
    claim_id: str
    supplier: str
    payer: str
    charge: Decimal
    content: str


def known_batch(connection: Connection, partner: str, content: str) -> Batch | None:
    """Give the batch made for `partner` of claims with this digest; None where there is none."""
    row = connection.execute(
        select(BATCH).where(BATCH.c.partner == partner, BATCH.c.content == content)
    ).first()
    return None if row is None else Batch(*(getattr(row, name) for name in Batch.__struct_fields__))


def claims_sent_before(connection: Connection, partner: str, contents: Iterable[str]) -> Iterator[str]:
    """Yield the claim ids of claims with these digests that were sent to `partner` and not rejected."""
    its = BATCH_CLAIM.c
    sent = select(its.claim_id).join(BATCH, BATCH.c.control_number == its.control_number)
    sent = sent.where(BATCH.c.partner == partner, its.state != ClaimState.REJECTED)
    for some in in_chunks(contents):
        yield from connection.scalars(
            sent.where(its.content.in_(some)).order_by(its.control_number, its.place)
        )


def next_control_number(connection: Connection) -> int:
    """Take the control number of an interchange, never given before. One that is not used leaves a gap."""
    return take_number(connection, INTERCHANGES)


def record_batch(
    connection: Connection,
    batch: Batch,
    partner: str,
    guide: str,
    content: str,
    claims: Iterable[BatchClaim],
) -> None:
    """Record a batch and its claims, in their order, as sent."""
    head = msgspec.structs.asdict(batch) | {"partner": partner, "guide": guide, "content": content}
    connection.execute(insert(BATCH).values(head))
    told = {"control_number": batch.control_number, "state": ClaimState.SENT, "state_on": batch.sent_on}
    for some in in_chunks(enumerate(claims)):
        rows = [{**told, "place": place, **msgspec.structs.asdict(claim)} for place, claim in some]
        connection.execute(insert(BATCH_CLAIM), rows)


def note_written(connection: Connection, control_number: int) -> None:
    """Note that the file of a batch is in its place."""
    its = BATCH.c.control_number == control_number
    connection.execute(update(BATCH).where(its).values(written=True))
