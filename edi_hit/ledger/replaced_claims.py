"""The claims that replacements and voids name (REF*F8), and their answers, which they take back."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, or_, select, update

from edi_hit.ledger.claim_tables import CLAIM, CLAIM_ANSWER, CLAIMS_PER_FILE
from edi_hit.ledger.file_tables import INPUT_FILE
from edi_hit.ledger.record import RecordedClaim
from edi_hit.ledger.reopening_tables import FORMER_ANSWER, TOLD_CLAIM, UNTOLD
from edi_hit.ledger.statements import SOME, in_chunks, is_one_of
from edi_hit.ledger.stored_claims import STANDING, number_of


def _claims(*columns: ColumnElement[Any]) -> Select[Any]:
    return (
        select(
            CLAIM.c.claim, CLAIM.c.person, CLAIM.c.supplier, CLAIM.c.payer, CLAIM.c.state,
            CLAIM_ANSWER.c.sender_qualifier, CLAIM_ANSWER.c.sender, CLAIM_ANSWER.c.body,
            INPUT_FILE.c.received_on, *columns,
        )
        .join(CLAIM_ANSWER, CLAIM_ANSWER.c.claim == CLAIM.c.claim)
        .join(INPUT_FILE, INPUT_FILE.c.file == CLAIM.c.claim // CLAIMS_PER_FILE)
    )  # fmt: skip


_TAKEN_BACK = (
    _claims(FORMER_ANSWER.c.replaced_by, FORMER_ANSWER.c.answer, FORMER_ANSWER.c.answered_on)
    .join(FORMER_ANSWER, FORMER_ANSWER.c.claim == CLAIM.c.claim)
    .where(is_one_of(FORMER_ANSWER.c.replaced_by))
)
_TOLD = select(TOLD_CLAIM.c.claim).where(TOLD_CLAIM.c.claim == CLAIM.c.claim).exists()
_REOPENED = select(FORMER_ANSWER.c.claim).where(FORMER_ANSWER.c.claim == CLAIM.c.claim, UNTOLD).exists()
_HELD = _claims(CLAIM_ANSWER.c.answer, CLAIM.c.answered_on, or_(_TOLD, _REOPENED).label("is_open")).where(
    is_one_of(CLAIM.c.claim)
)
"""The claims with their answers, and whether the payer told another or a reopening is not told yet."""
_REPLACED_BY = select(FORMER_ANSWER.c.replaced_by, FORMER_ANSWER.c.claim).where(
    is_one_of(FORMER_ANSWER.c.replaced_by)
)
_ANSWERS_BEFORE = (
    select(
        FORMER_ANSWER.c.claim,
        FORMER_ANSWER.c.answer,
        FORMER_ANSWER.c.replaced_by,
        FORMER_ANSWER.c.reopened_for,
    )
    .where(is_one_of(FORMER_ANSWER.c.claim))
    .order_by(FORMER_ANSWER.c.claim, FORMER_ANSWER.c.revision.desc())
)


class NamedClaim(msgspec.Struct, frozen=True):
    """A claim that another one names, as recorded, with its answer and the day that was given.

    `stands` says that its answer can be taken back; `is_open` that it cannot since the payer told another, or
    it was reopened and not told yet. `is_taken_back` says that the claim that names it took it back.
    """

    number: int
    person: str
    supplier: str
    payer: str
    sender: tuple[str, str]
    received_on: date
    body: bytes
    answer: bytes
    answered_on: date
    stands: bool = False
    is_open: bool = False
    is_taken_back: bool = False


def first_replaced(connection: Connection, claims: Iterable[int]) -> dict[int, int]:
    """Give, of claims by number that replaced others, the first one: of one replaced twice the original."""
    first: dict[int, int] = {}
    newest = {claim: claim for claim in claims}
    while newest:
        older = {row.claim: newest[row.replaced_by] for row in _rows(connection, _REPLACED_BY, newest)}
        first |= {of: claim for claim, of in older.items()}
        newest = older
    return first


def named_claims(connection: Connection, naming: Mapping[int, str]) -> dict[int, NamedClaim]:
    """Give the claims that claims name by our numbers (CLP07), by the number of the naming one."""
    taken_back = _rows(connection, _TAKEN_BACK, naming)
    found = {row.replaced_by: _named(row, is_taken_back=True) for row in taken_back}
    wanted = {claim: number_of(name) for claim, name in naming.items() if claim not in found}
    held = {row.claim: row for row in _rows(connection, _HELD, wanted.values())}
    return found | {
        claim: _named(held[number], is_taken_back=False)
        for claim, number in wanted.items()
        if number in held and number != claim
    }


def decided_claim(decided: RecordedClaim, received_on: date) -> NamedClaim | None:
    """Give a claim that was just decided as one that others may name; None where it got no answer."""
    head, answer = decided.claim, decided.answer
    if answer is None:
        return None
    return NamedClaim(
        head.claim,
        head.person,
        head.supplier,
        head.payer,
        (answer.sender_qualifier, answer.sender),
        received_on,
        answer.body,
        answer.answer,
        head.answered_on,
        stands=head.state in STANDING,
    )


def answers_before(
    connection: Connection, claims: Iterable[int], broken_off: Container[int] = ()
) -> dict[int, bytes]:
    """Give the first answers, as kept, that some claims, by number, took back from others of them.

    Among them are those that were given again since they rested on one taken back. Of those `broken_off` it
    is the first answer of all, whatever took it back.
    """
    wanted = frozenset(claims)
    return {
        row.claim: row.answer
        for row in _rows(connection, _ANSWERS_BEFORE, wanted)
        if row.claim in broken_off or not wanted.isdisjoint((row.replaced_by, row.reopened_for))
    }


def note_replaced(connection: Connection, by: Mapping[int, int], unsettled: Container[int]) -> None:
    """Note by which claim (value) the answer to a claim (key) was taken back.

    Of those `unsettled`, what else was answered to their person is to be looked at again.
    """
    for claim, replaced_by in by.items():
        its = FORMER_ANSWER.c.claim == claim
        noted = {"replaced_by": replaced_by, "unsettled": 1 if claim in unsettled else None}
        connection.execute(update(FORMER_ANSWER).where(its, UNTOLD).values(noted))


def _rows(connection: Connection, query: Select[Any], claims: Iterable[int]) -> list[Row[Any]]:
    """What a query with `is_one_of` gives for claims, by number."""
    return [row for some in in_chunks(claims) for row in connection.execute(query, {SOME: some})]


def _named(row: Row[Any], *, is_taken_back: bool) -> NamedClaim:
    is_open = not is_taken_back and bool(row.is_open)
    return NamedClaim(
        row.claim,
        row.person,
        row.supplier,
        row.payer,
        (row.sender_qualifier, row.sender),
        row.received_on,
        row.body,
        row.answer,
        row.answered_on,
        stands=not is_taken_back and not is_open and row.state in STANDING,
        is_open=is_open,
        is_taken_back=is_taken_back,
    )
