"""Bodies that a partner sends to be adjudicated: noted in the journal, so that nothing is answered twice."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from edi_hit.exchange.file_contents import (
    Whose,
    acknowledgment_numbers,
    contents_of,
    known_before,
    whose_is,
)
from edi_hit.exchange.http.job_record import BODY, RECORD
from edi_hit.exchange.http.operations.work import Work
from edi_hit.exchange.http.problems import ProblemError, problem
from edi_hit.jobs.partner_findings import KnownBefore
from edi_hit.ledger import Contents, DropFile, Ledger, Registered, close_body, file_numbered, register_body

_MORE_SECONDS = 60
"""How much longer than its work may take a body is held."""


class Submission(msgspec.Struct, frozen=True):
    """A body in the journal: what of it came before, and what its acknowledgements are numbered from.

    `first_number` is None for what is not noted.
    """

    known: KnownBefore | None = None
    first_number: int | None = None


@contextmanager
def submitted(work: Work, ledger: Ledger | None) -> Iterator[Submission]:
    """Note the body of a partner while it is worked on; where there is no partner or ledger, nothing.

    It counts as answered where the block ends without an error. Raises `ProblemError` where the same bytes
    came before, as far back as the partner's profile says, and `LedgerError`.
    """
    partner = work.settings.partner
    path = work.folder / BODY
    whose = whose_is(path) if ledger and partner else Whose()
    if ledger is None or not whose.interchanges:
        yield Submission()
        return
    registered = _registered(work, ledger, contents_of(path, whose, partner, with_people=False))
    answered = False
    try:
        _require_new(work, ledger, registered)
        yield Submission(known_before(registered), registered.file.first_control_number)
        answered = True
    finally:
        with ledger.transaction() as connection:
            close_body(connection, registered.file.number, answered=answered)


def _registered(work: Work, ledger: Ledger, contents: Contents) -> Registered:
    lease = work.settings.job_seconds + _MORE_SECONDS
    with ledger.transaction() as connection:
        return register_body(
            connection,
            work.folder.name,
            lease,
            contents,
            lambda: acknowledgment_numbers(connection, 2 * len(contents.interchanges)),
        )


def _require_new(work: Work, ledger: Ledger, registered: Registered) -> None:
    if registered.waits:
        raise ProblemError(problem("in-work"))
    if registered.file.duplicate_of is None:
        return
    with ledger.reading() as connection:
        first = file_numbered(connection, registered.file.duplicate_of)
    raise ProblemError(
        problem("sent-before", f"first on {first.received_on.isoformat()}", hint=_answer_of(work, first))
    )


def _answer_of(work: Work, first: DropFile) -> str:
    """Say where the answer of then is, if it is kept."""
    if (work.folder.parent / first.token / RECORD).exists():
        return f"its answer is at /v1/jobs/{first.token}/result, for who sent it"
    return "its answer is not kept; an Idempotency-Key keeps it"
