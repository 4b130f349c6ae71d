"""What became of claims that were sent: counts by state, those that wait, and the story of one."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, func, select

from edi_hit.ledger.batch_tables import BATCH, BATCH_CLAIM, CLAIM_EVENT
from edi_hit.ledger.batches import ClaimState

WAITING = (ClaimState.SENT, ClaimState.ACKNOWLEDGED, ClaimState.ACCEPTED)
"""The states of claims whose payer has not answered yet."""


class SentClaim(msgspec.Struct, frozen=True):
    """A claim that was sent: when, to whom and in which file, its state and since when."""

    claim: str
    partner: str
    payer: str
    charge: Decimal
    file: str
    control_number: int
    sent_on: date
    state: ClaimState
    state_on: date


class ClaimEvent(msgspec.Struct, frozen=True):
    """One answer to a claim. `codes` are those of the answer: TA105, IK5, STC, or CLP02."""

    on: date
    answer: str
    state: ClaimState
    codes: str
    payer_claim_number: str
    paid: Decimal | None


class StateCount(msgspec.Struct, frozen=True):
    """How many claims are in a state, and what they charge in dollars."""

    state: ClaimState
    claims: int
    charge: Decimal


def state_counts(connection: Connection) -> list[StateCount]:
    """Count the claims that were sent by state, in the order of the states."""
    its = BATCH_CLAIM.c
    query = select(its.state, func.count().label("claims"), func.sum(its.charge).label("charge"))
    found = {row.state: row for row in connection.execute(query.group_by(its.state))}
    return [
        StateCount(state, found[state].claims, found[state].charge) for state in ClaimState if state in found
    ]


def claims_without_answer(connection: Connection, on: date, days: int) -> Iterator[SentClaim]:
    """Yield the claims whose last news is at least `days` old on `on` and whose payer has not answered."""
    its = BATCH_CLAIM.c
    query = _claims().where(its.state.in_(WAITING), its.state_on <= on - timedelta(days=days))
    for row in connection.execute(query.order_by(its.state_on, its.control_number, its.place)):
        yield _claim(row)


def claims_called(connection: Connection, claim_id: str) -> Iterator[tuple[SentClaim, list[ClaimEvent]]]:
    """Yield each claim sent with this CLM01, oldest first, with the answers to it in order."""
    its = BATCH_CLAIM.c
    query = _claims().where(its.claim_id == claim_id).order_by(its.control_number, its.place)
    for row in connection.execute(query).all():
        of_claim = (
            CLAIM_EVENT.c.control_number == row.control_number,
            CLAIM_EVENT.c.place == row.place,
        )
        events = connection.execute(select(CLAIM_EVENT).where(*of_claim).order_by(CLAIM_EVENT.c.event))
        yield _claim(row), [_event(event) for event in events]


def _claims() -> Select[Any]:
    joined = BATCH_CLAIM.join(BATCH, BATCH.c.control_number == BATCH_CLAIM.c.control_number)
    return select(BATCH_CLAIM, BATCH.c.partner, BATCH.c.file, BATCH.c.sent_on).select_from(joined)


def _claim(row: Row[Any]) -> SentClaim:
    return SentClaim(
        claim=row.claim_id,
        partner=row.partner,
        payer=row.payer,
        charge=row.charge,
        file=row.file,
        control_number=row.control_number,
        sent_on=row.sent_on,
        state=ClaimState(row.state),
        state_on=row.state_on,
    )


def _event(row: Row[Any]) -> ClaimEvent:
    return ClaimEvent(
        on=row.happened_on,
        answer=row.answer,
        state=ClaimState(row.state),
        codes=row.codes,
        payer_claim_number=row.payer_claim_number,
        paid=row.paid,
    )
