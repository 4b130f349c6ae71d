"""Claims that wait: pended when they were asked about last."""

from collections.abc import Iterator
from datetime import date

import msgspec
from sqlalchemy import Connection, select

from edi_hit.ledger.claim_tables import CLAIM, CLAIM_ANSWER, CLAIMS_PER_FILE
from edi_hit.ledger.file_tables import INPUT_FILE

PENDED = "pended"


class WaitingClaim(msgspec.Struct, frozen=True):
    """A claim that waits: its number, its sender (ISA05, ISA06), its receipt, and the claim as recorded."""

    number: int
    sender: tuple[str, str]
    received_on: date
    body: bytes


def waiting_claims(connection: Connection) -> Iterator[WaitingClaim]:
    """Yield the claims that wait, in the order they came in."""
    rows = connection.execute(
        select(CLAIM_ANSWER, INPUT_FILE.c.received_on)
        .join(CLAIM, CLAIM.c.claim == CLAIM_ANSWER.c.claim)
        .join(INPUT_FILE, INPUT_FILE.c.file == CLAIM.c.claim // CLAIMS_PER_FILE)
        .where(CLAIM.c.state == PENDED)
        .order_by(CLAIM.c.claim)
    )
    for row in rows:
        yield WaitingClaim(row.claim, (row.sender_qualifier, row.sender), row.received_on, row.body)
