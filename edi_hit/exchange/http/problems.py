"""Errors as RFC 9457 problem documents. None holds data of a file."""

import errno
from collections.abc import Mapping

import msgspec
from starlette.responses import Response

from edi_hit.benefits.engine.price import PricingError
from edi_hit.rules import (
    ComposeError,
    ConfigError,
    DocumentError,
    EdiHitError,
    FaultyInputError,
    Finding,
    LedgerError,
    NotX12Error,
    PartnerError,
    ReferenceDataMissing,
)

PROBLEM_TYPE = "application/problem+json"
_FINDINGS_TOLD = 100

TITLES = {
    "not-a-request": (400, "The request is not HTTP, or was cut off"),
    "no-token": (401, "A token is needed"),
    "not-allowed": (403, "This token may not do that"),
    "other-site": (403, "The form was sent from another site"),
    "not-found": (404, "There is nothing here"),
    "no-such-method": (405, "This address does not take that method"),
    "not-ready": (409, "The job is not finished"),
    "sent-before": (409, "The same bytes were sent before"),
    "in-work": (409, "The same bytes are being worked on"),
    "too-slow": (408, "The request came too slowly"),
    "too-large": (413, "The body is too large"),
    "not-this-type": (415, "Bodies of this type are not taken"),
    "wrong-host": (421, "The service does not answer to this host name"),
    "wrong-parameter": (422, "A parameter is wrong"),
    "key-used": (422, "The Idempotency-Key was used for another request"),
    "not-x12": (422, "The body is not X12"),
    "not-a-document": (422, "The body is none of the documents that can be read"),
    "no-such-x12": (422, "No X12 can hold what the document says"),
    "table-missing": (422, "A reference table lacks what is needed"),
    "too-much": (422, "The work on this body needs more than is allowed"),
    "too-often": (429, "Too many requests"),
    "failed": (500, "The service failed"),
    "ledger": (503, "The ledger cannot be used"),
    "disk-full": (507, "The disk of the service is full"),
}
"""The status and title of each kind of problem, by the last part of its type."""


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A problem document. `findings` are those behind it, without values; `table` is one that lacks a row."""

    type: str
    title: str
    status: int
    detail: str = ""
    hint: str = ""
    table: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def kind(self) -> str:
        """What it is called in `TITLES`."""
        return self.type.rpartition(":")[2]


class ProblemError(Exception):
    """Ends a request with a problem."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.type)
        self.problem = problem
        self.headers = headers


def problem(
    kind: str, detail: str = "", *, hint: str = "", table: str = "", findings: tuple[Finding, ...] = ()
) -> Problem:
    """Give a problem of a kind of `TITLES`."""
    status, title = TITLES[kind]
    told = tuple(msgspec.structs.replace(one, value=None) for one in findings[:_FINDINGS_TOLD])
    return Problem(f"urn:edi-hit:problem:{kind}", title, status, detail, hint, table, told)


def refused(kind: str, detail: str = "", **headers: str) -> ProblemError:
    """Give the error that ends a request with a problem; `headers` with `_` for `-`."""
    return ProblemError(
        problem(kind, detail), {name.replace("_", "-"): value for name, value in headers.items()}
    )


def problem_response(told: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Give the response that carries a problem."""
    body = msgspec.json.encode(told)
    return Response(body, told.status, headers, media_type=PROBLEM_TYPE)


def problem_of(error: Exception) -> Problem:
    """Say what went wrong with work on a body; an error nobody foresaw is told by its kind alone."""
    match error:
        case ProblemError():
            return error.problem
        case NotX12Error():
            return problem("not-x12", str(error))
        case DocumentError():
            return problem("not-a-document", str(error))
        case ComposeError() | FaultyInputError():
            return problem("no-such-x12", str(error), findings=error.findings)
        case ReferenceDataMissing():
            return problem("table-missing", str(error), hint=error.hint, table=error.table)
        case ConfigError() | PricingError():
            return problem("wrong-parameter", str(error))
        case PartnerError():
            return problem("not-allowed", str(error))
        case LedgerError():
            return problem("ledger")
        case MemoryError():
            return problem("too-much", "memory")
        case OSError():
            return _problem_of_disk(error)
        case EdiHitError():
            return problem("not-x12")
        case _:
            return problem("failed")


def _problem_of_disk(error: OSError) -> Problem:
    if error.errno == errno.EFBIG:
        return problem("too-much", "a result grew too large")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return problem("disk-full")
    return problem("failed")
