"""A job: a body, what is to be done with it, and how far it is. Kept as a file in the job's folder."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Self

import msgspec

from edi_hit.exchange.http.access import Caller
from edi_hit.exchange.http.problems import Problem
from edi_hit.exchange.http.received_body import ReceivedBody

RECORD, BODY, OUTPUTS, PROGRESS, ANSWER = "job.json", "body", "out", "progress.json", "answer.json"
"""Names in the folder of a job: its record, the body, the folder of outputs, how far it is, its answer."""


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Progress(msgspec.Struct, frozen=True):
    """How much of a phase is done: bytes where it is `reading`, claims where it is `deciding`."""

    phase: str
    done: int
    total: int


class Answer(msgspec.Struct, frozen=True):
    """What work gave: the file of the answer in the job's outputs, its type, and headers that go with it.

    `outcome` says what came out, in counts.
    """

    file: str
    content_type: str
    outcome: str = ""
    headers: dict[str, str] = {}


class Output(msgspec.Struct, frozen=True):
    """A file a job wrote: its name, its size in bytes and its address."""

    name: str
    size: int
    href: str


class JobRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is kept of a job. `caller` is the name of the token it belongs to.

    `sha256` is that of the body, `fingerprint` that of what was asked for, `key` that of caller and
    Idempotency-Key. `kept` tells whether the job outlives its answer, `tries` how often it was started.
    """

    id: str
    operation: str
    query: dict[str, str]
    caller: str
    partner: str | None
    on: date
    created: datetime
    body_bytes: int
    sha256: str = ""
    fingerprint: str = ""
    key: str = ""
    kept: bool = False
    state: JobState = JobState.WAITING
    tries: int = 0
    finished: datetime | None = None
    answer: Answer | None = None
    problem: Problem | None = None

    @property
    def is_finished(self) -> bool:
        """Whether the job is done or has failed."""
        return self.finished is not None

    def started(self) -> Self:
        """The job, once more begun."""
        return msgspec.structs.replace(self, state=JobState.RUNNING, tries=self.tries + 1)

    def done(self, answer: Answer) -> Self:
        """The job with its answer."""
        return msgspec.structs.replace(self, state=JobState.DONE, answer=answer, finished=datetime.now(UTC))

    def failed(self, problem: Problem) -> Self:
        """The job with what ended it."""
        return msgspec.structs.replace(
            self, state=JobState.FAILED, answer=None, problem=problem, finished=datetime.now(UTC)
        )


def new_record(
    job: str, operation: str, query: dict[str, str], caller: Caller, body: ReceivedBody
) -> JobRecord:
    """Give the record of a job asked for now, which does not outlive its answer."""
    now = datetime.now(UTC)
    return JobRecord(
        id=job,
        operation=operation,
        query=query,
        caller=caller.name,
        partner=caller.partner,
        on=now.astimezone().date(),
        created=now,
        body_bytes=body.size,
        sha256=body.sha256,
    )


class JobDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a caller is told of a job. Times are UTC."""

    id: str
    operation: str
    state: JobState
    created: datetime
    body_bytes: int
    href: str
    finished: datetime | None = None
    progress: Progress | None = None
    result: str | None = None
    outputs: tuple[Output, ...] = ()
    problem: Problem | None = None
