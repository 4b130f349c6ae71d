"""Records what was answered, and gives it back."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, delete, select

from edi_hit.ledger.claim_rows import ClaimAnswerRow, ClaimLineRow, ClaimRow
from edi_hit.ledger.claim_tables import CLAIM, CLAIM_ANSWER, CLAIM_LINE, RULE_LIST
from edi_hit.ledger.statements import SOME, in_chunks, insert_new, insert_rows, is_one_of

_STATES = select(CLAIM.c.claim, CLAIM.c.state).where(is_one_of(CLAIM.c.claim))
_ANSWERS = select(CLAIM_ANSWER.c.claim, CLAIM_ANSWER.c.answer).where(is_one_of(CLAIM_ANSWER.c.claim))


class RecordedClaim(msgspec.Struct, frozen=True):
    """A claim to record: its row of `claim`, its rows of `claim_line`, and its row of `claim_answer`.

    The answer is None where the claim is to be asked about again whenever its file comes again.
    """

    claim: ClaimRow
    lines: Sequence[ClaimLineRow]
    answer: ClaimAnswerRow | None


def record_claims(connection: Connection, claims: list[RecordedClaim], known: Iterable[int] = ()) -> None:
    """Record claims; those `known`, by number, take the place of what was recorded of them."""
    for some in in_chunks(known):
        for table in (CLAIM, CLAIM_LINE, CLAIM_ANSWER):
            connection.execute(delete(table).where(table.c.claim.in_(some)))
    insert_rows(connection, CLAIM, [claim.claim for claim in claims])
    insert_rows(connection, CLAIM_LINE, [line for claim in claims for line in claim.lines])
    insert_rows(connection, CLAIM_ANSWER, [claim.answer for claim in claims if claim.answer is not None])


def recorded_states(connection: Connection, claims: Iterable[int]) -> dict[int, str]:
    """Give the state of those of the claims, by number, that are recorded."""
    states: dict[int, str] = {}
    for some in in_chunks(claims):
        rows = connection.execute(_STATES, {SOME: some})
        states.update((claim, state) for claim, state in rows)
    return states


def given_answers(connection: Connection, claims: Iterable[int]) -> dict[int, bytes]:
    """Give the recorded answers of those of the claims, by number, that have one."""
    answers: dict[int, bytes] = {}
    for some in in_chunks(claims):
        rows = connection.execute(_ANSWERS, {SOME: some})
        answers.update((claim, answer) for claim, answer in rows)
    return answers


def record_rule_lists(connection: Connection, lists: Mapping[str, bytes]) -> None:
    """Record rule lists by digest; those that are there already stay."""
    rows = [{"digest": digest, "rules": rules} for digest, rules in sorted(lists.items())]
    insert_new(connection, RULE_LIST, rows)


def rule_lists(connection: Connection) -> dict[str, bytes]:
    """Give every rule list by digest."""
    return {row.digest: row.rules for row in connection.execute(select(RULE_LIST))}
