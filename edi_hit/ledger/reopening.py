"""What a change of an outcome leads to: whose claims are to be answered again, and what was taken back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from edi_hit.ledger.claim_tables import CLAIM, CLAIM_ANSWER, CLAIMS_PER_FILE, is_of_file
from edi_hit.ledger.file_tables import INPUT_FILE
from edi_hit.ledger.reopening_tables import CHANGED_PERSON, FORMER_ANSWER, TOLD_CLAIM, UNTOLD
from edi_hit.ledger.statements import in_chunks, insert_new, insert_or_lock

_TOLD = ("outcome", "allowed", "paid", "deductible")
"""What an answer to a line is, as far as others may rest on it."""

Revision = tuple[int, int]
"""An answer taken back: its claim, and which of its answers it was, from 1."""

_UNSETTLED = FORMER_ANSWER.c.unsettled.is_not(None)


class TakenBack(msgspec.Struct, frozen=True):
    """An answer taken back and the next one, as they are kept, with the claim and its sender.

    `answered_on` is the day of the answer taken back.
    """

    number: int
    revision: int
    sender: tuple[str, str]
    received_on: date
    body: bytes
    former: bytes
    answered_on: date
    answer: bytes


def note_told(connection: Connection, changes: Iterable[tuple[Row[Any], Mapping[str, Any]]]) -> None:
    """Note what was told of lines from outside: each row of `claim_line` before, and its columns since.

    Where that is something else, the people of the lines are to be looked at again, and what was told of a
    claim that was answered here stands.
    """
    other = [before for before, now in changes if any(getattr(before, name) != now[name] for name in _TOLD)]
    people = sorted({row.person for row in other if row.person})
    insert_or_lock(connection, CHANGED_PERSON, [{"person": person} for person in people])
    for some in in_chunks(sorted({row.claim for row in other})):
        answered = select(CLAIM_ANSWER.c.claim).where(CLAIM_ANSWER.c.claim.in_(some))
        insert_new(connection, TOLD_CLAIM, [{"claim": claim} for (claim,) in connection.execute(answered)])


def changed_people(connection: Connection) -> list[str]:
    """Give the people of whom a line got another outcome, or a claim was replaced or voided, by member id."""
    return sorted(connection.scalars(select(CHANGED_PERSON.c.person).union(_people_unsettled())))


def _people_unsettled() -> Select[str]:
    """The people of whom a claim was replaced or voided and what rested on it was not looked at yet."""
    replaced = CLAIM.join(FORMER_ANSWER, FORMER_ANSWER.c.claim == CLAIM.c.claim)
    return select(CLAIM.c.person).select_from(replaced).where(_UNSETTLED, CLAIM.c.person != "")


def people_to_reopen(connection: Connection, files: Iterable[int]) -> set[str]:
    """Give the people, by member id, to be looked at again for what claims of files took back."""
    query, by = _people_unsettled(), FORMER_ANSWER.c.replaced_by
    return {person for file in files for person in connection.scalars(query.where(is_of_file(by, file)))}


def forget_changed(connection: Connection, people: Iterable[str]) -> None:
    """Note that the claims of people are looked at again, whatever for, in this transaction.

    To be said before anything is read: whoever is about to change a line of theirs is waited for, and what
    is noted of them from then on stays.
    """
    for some in in_chunks(people):
        connection.execute(delete(CHANGED_PERSON).where(CHANGED_PERSON.c.person.in_(some)))
        theirs = FORMER_ANSWER.c.claim.in_(select(CLAIM.c.claim).where(CLAIM.c.person.in_(some)))
        connection.execute(update(FORMER_ANSWER).where(_UNSETTLED, theirs).values(unsettled=None))


def take_back(connection: Connection, claims: Iterable[int]) -> None:
    """Keep the answers of claims, by number, that are about to get others.

    One that replaces an answer taken back and not told yet was never told itself, and is not kept.
    """
    for some in in_chunks(claims):
        earlier = select(FORMER_ANSWER.c.claim).where(FORMER_ANSWER.c.claim == CLAIM_ANSWER.c.claim)
        revision = (
            select(func.coalesce(func.max(FORMER_ANSWER.c.revision), 0) + 1)
            .where(FORMER_ANSWER.c.claim == CLAIM_ANSWER.c.claim)
            .scalar_subquery()
        )
        kept = (
            select(CLAIM_ANSWER.c.claim, revision, CLAIM_ANSWER.c.answer, CLAIM.c.answered_on)
            .join(CLAIM, CLAIM.c.claim == CLAIM_ANSWER.c.claim)
            .where(
                CLAIM_ANSWER.c.claim.in_(some),
                ~earlier.where(UNTOLD).exists(),
            )
        )
        columns = ["claim", "revision", "answer", "answered_on"]
        connection.execute(insert(FORMER_ANSWER).from_select(columns, kept))


def note_reopened(connection: Connection, because: Mapping[int, int]) -> None:
    """Note for which claim of a run (value) the answer to a claim (key) was taken back: told with the run."""
    for claim, cause in because.items():
        its = FORMER_ANSWER.c.claim == claim
        connection.execute(update(FORMER_ANSWER).where(its, UNTOLD).values(reopened_for=cause))


def not_told(connection: Connection) -> Iterator[TakenBack]:
    """Yield the answers taken back that no interchange has told of, in the order the claims came in.

    Those that a claim took back are told with the answer to it.
    """
    yield from _taken_back(connection, UNTOLD)


def not_told_of(connection: Connection, claims: Iterable[int]) -> frozenset[int]:
    """Give those of the claims, by number, whose reopening no interchange has told of: one is about to."""
    query = select(FORMER_ANSWER.c.claim).where(UNTOLD)
    return frozenset(
        claim
        for some in in_chunks(claims)
        for claim in connection.scalars(query.where(FORMER_ANSWER.c.claim.in_(some)))
    )


def reopened_for(connection: Connection, files: Iterable[int]) -> Iterator[TakenBack]:
    """Yield the answers taken back since claims of files took back those they rested on."""
    for file in files:
        yield from _taken_back(connection, is_of_file(FORMER_ANSWER.c.reopened_for, file))


def _taken_back(connection: Connection, which: ColumnElement[bool]) -> Iterator[TakenBack]:
    former, later = FORMER_ANSWER.c, FORMER_ANSWER.alias()
    next_one = select(later.c.answer).where(
        later.c.claim == former.claim, later.c.revision == former.revision + 1
    )
    query = (
        select(
            former.claim, former.revision, former.answered_on, former.answer,
            CLAIM_ANSWER.c.sender_qualifier, CLAIM_ANSWER.c.sender, CLAIM_ANSWER.c.body,
            func.coalesce(next_one.scalar_subquery(), CLAIM_ANSWER.c.answer).label("now"),
            INPUT_FILE.c.received_on,
        )
        .join(CLAIM_ANSWER, CLAIM_ANSWER.c.claim == former.claim)
        .join(INPUT_FILE, INPUT_FILE.c.file == former.claim // CLAIMS_PER_FILE)
        .where(which)
        .order_by(former.claim, former.revision)
    )  # fmt: skip
    for row in connection.execute(query):
        sender = (row.sender_qualifier, row.sender)
        kept = row.body, row.answer, row.answered_on, row.now
        yield TakenBack(row.claim, row.revision, sender, row.received_on, *kept)


def tell(
    connection: Connection,
    interchanges: Mapping[int, Sequence[Revision]],
    as_told: Mapping[Revision, bytes],
) -> bool:
    """Note which interchange, by number, tells of which answers taken back; `as_told` are those given since.

    Where one was told of meanwhile, or is another by now, nothing, and give False. The people are held.
    """
    rows = [
        {"its_claim": claim, "its_revision": revision, "its_number": number}
        for number, revisions in interchanges.items()
        for claim, revision in revisions
    ]
    now = {(one.number, one.revision): one.answer for one in not_told(connection)}
    if any(now.get(one) != as_told[one] for revisions in interchanges.values() for one in revisions):
        return False
    if rows:
        its = (
            FORMER_ANSWER.c.claim == bindparam("its_claim"),
            FORMER_ANSWER.c.revision == bindparam("its_revision"),
        )
        told = update(FORMER_ANSWER).where(*its).values(control_number=bindparam("its_number"))
        connection.execute(told, rows)
    return True


def tell_nothing(connection: Connection, numbers: Iterable[int]) -> list[int]:
    """Give those of the interchanges, by number, that no answer taken back was told by."""
    wanted, number = list(numbers), FORMER_ANSWER.c.control_number
    used = set(connection.scalars(select(number).where(number.in_(wanted)))) if wanted else set()
    return [one for one in wanted if one not in used]
