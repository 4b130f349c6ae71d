"""Answers to claims that were sent: found by control numbers or claim id, and kept with the claim."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, insert, select, update

from edi_hit.ledger.batch_tables import ANSWER_FILE, BATCH, BATCH_CLAIM, CLAIM_EVENT
from edi_hit.ledger.batches import ClaimState

_STEPS = {
    ClaimState.SENT: 0,
    ClaimState.ACKNOWLEDGED: 1,
    ClaimState.ACCEPTED: 2,
    ClaimState.REJECTED: 2,
    ClaimState.PAID: 3,
    ClaimState.DENIED: 3,
    ClaimState.REVERSED: 3,
}
"""How far along a state is: an answer that comes late does not put a claim back."""

_ANSWERED = (ClaimState.PAID, ClaimState.DENIED)


class Answer(msgspec.Struct, frozen=True):
    """What an answer says of a claim. `answer` is TA1, 999, 277CA or 835; `codes` are its own."""

    answer: str
    state: ClaimState
    on: date
    codes: str = ""
    payer_claim_number: str = ""
    paid: Decimal | None = None


def answer_is_known(connection: Connection, sha256: str, on: date) -> bool:
    """Whether a file of answers with these bytes was received before; if not, it is from now on."""
    if connection.execute(select(ANSWER_FILE).where(ANSWER_FILE.c.sha256 == sha256)).first() is not None:
        return True
    connection.execute(insert(ANSWER_FILE).values(sha256=sha256, received_on=on))
    return False


def answer_batch(connection: Connection, control_number: int, answer: Answer) -> int:
    """Give `answer` to all claims of a batch; how many there were."""
    return _give(connection, _of(BATCH_CLAIM.c.control_number == control_number), answer)


def answer_set(connection: Connection, control_number: int, set_control: str, answer: Answer) -> int:
    """Give `answer` to all claims of a set (ST02) of a batch; how many there were."""
    its = BATCH_CLAIM.c.control_number == control_number, BATCH_CLAIM.c.set_control == set_control
    return _give(connection, _of(*its), answer)


def answer_claim(connection: Connection, control_number: int, claim_id: str, answer: Answer) -> int:
    """Give `answer` to the claim of a batch with this CLM01; 0 where there is none, or more than one."""
    its = BATCH_CLAIM.c.control_number == control_number, BATCH_CLAIM.c.claim_id == claim_id
    rows = connection.execute(_of(*its)).all()
    return _store(connection, rows, answer) if len(rows) == 1 else 0


def answer_payment(
    connection: Connection, claim_id: str, payee: Iterable[str], charge: Decimal, answer: Answer
) -> int:
    """Give what an 835 says to the claim it answers: CLP01, one of the payee's ids, CLP03; 0 where none fits.

    Of several that fit, a reversal is of the last one answered; another payment of the first one that has
    no answer yet, else of the last. A claim rejected before it reached the payer is not among them.
    """
    fits = (
        BATCH_CLAIM.c.claim_id == claim_id,
        BATCH_CLAIM.c.supplier.in_(tuple(payee)),
        BATCH_CLAIM.c.charge == abs(charge),
        BATCH_CLAIM.c.state != ClaimState.REJECTED,
    )
    rows = connection.execute(_of(*fits).order_by(BATCH_CLAIM.c.control_number, BATCH_CLAIM.c.place)).all()
    reverses = answer.state is ClaimState.REVERSED
    wanted = [row for row in rows if (row.state in _ANSWERED) is reverses]
    chosen = wanted[-1:] if reverses else wanted[:1] or rows[-1:]
    return _store(connection, chosen, answer)


def batch_went_to(connection: Connection, control_number: int, parties: Iterable[tuple[str, str]]) -> bool:
    """Whether the batch with this control number went to one of `parties` (ISA07 and ISA08)."""
    its = BATCH.c.control_number == control_number
    row = connection.execute(select(BATCH.c.receiver_qualifier, BATCH.c.receiver).where(its)).first()
    return row is not None and tuple(row) in set(parties)


def _of(*conditions: ColumnElement[bool]) -> Select[Any]:
    its = BATCH_CLAIM.c
    return select(its.control_number, its.place, its.state).where(*conditions)


def _give(connection: Connection, query: Select[Any], answer: Answer) -> int:
    return _store(connection, connection.execute(query).all(), answer)


def _store(connection: Connection, rows: Iterable[Row[Any]], answer: Answer) -> int:
    found = list(rows)
    if not found:
        return 0
    told = msgspec.structs.asdict(answer)
    told["happened_on"] = told.pop("on")
    keys = [{"control_number": row.control_number, "place": row.place} for row in found]
    connection.execute(insert(CLAIM_EVENT), [{**key, **told} for key in keys])
    step = _STEPS[answer.state]
    moved = [
        {"its_number": row.control_number, "its_place": row.place}
        for row in found
        if step >= _STEPS[ClaimState(row.state)]
    ]
    if moved:
        its = (
            BATCH_CLAIM.c.control_number == bindparam("its_number"),
            BATCH_CLAIM.c.place == bindparam("its_place"),
        )
        new = {"state": answer.state, "state_on": answer.on}
        connection.execute(update(BATCH_CLAIM).where(*its).values(new), moved)
    return len(found)
