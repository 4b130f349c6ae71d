"""Decides the claims of a body, prices them, and writes what the payer should send back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

import msgspec

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.exchange.http.job_record import Answer
from edi_hit.exchange.http.operations.submission import Submission, submitted
from edi_hit.exchange.http.operations.validate import ANSWER, JSON
from edi_hit.exchange.http.operations.work import (
    X12_BODIES,
    Operation,
    Work,
    WrittenFile,
    outcome,
    require_x12,
    written_files,
)
from edi_hit.jobs.adjudicate import Progress, RunResult, adjudicate
from edi_hit.jobs.check_options import CheckOptions
from edi_hit.ledger import Ledger, open_ledger
from edi_hit.profiles import History, RunSettings, Unknown, numbered
from edi_hit.profiles.http_service import Scope
from edi_hit.rules import Finding


class AdjudicateQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Parameters of `adjudicate`; `history` and `unknown` win over the settings of the run."""

    history: Annotated[
        History | None, msgspec.Meta(description="Whether the claims given are all there are")
    ] = None
    unknown: Annotated[
        Unknown | None, msgspec.Meta(description="What follows where a rule cannot be answered")
    ] = None
    as_of: Annotated[
        date | None, msgspec.Meta(description="Date of what is written; today where it is not given")
    ] = None
    received: Annotated[date | None, msgspec.Meta(description="The day the claims came in")] = None
    max_decisions: Annotated[
        int, msgspec.Meta(ge=0, le=10_000, description="Decisions told; decisions.ndjson has all")
    ] = 1000


class AdjudicateAnswer(msgspec.Struct, frozen=True):
    """What a run gave. Amounts are texts with two decimals."""

    exit_code: int
    claims: int
    states: dict[str, int]
    lines: int
    charged: str
    charged_answered: str
    allowed: str
    paid: str
    patient_responsibility: str
    denied_lines: int
    unknown: int
    missing_tables: dict[str, str]
    people_to_reopen: int
    failures: list[dict[str, str]]
    findings: list[Finding]
    findings_left_out: int
    decisions: list[ClaimDecision]
    files: list[WrittenFile]


_COUNTS = frozenset(AdjudicateAnswer.__struct_fields__) - {"files"}
"""Fields that a run result's own document gives."""


def run(work: Work, query: AdjudicateQuery, ledger: Ledger | None, sent: Submission) -> RunResult:
    """Adjudicate the body into the outputs of its job; raises `NotX12Error` where it is no X12 at all."""
    result = adjudicate(
        [work.body],
        work.outputs,
        as_of=query.as_of or work.on,
        settings=_settings(work.run_settings(), query, sent.first_number),
        tables=work.tables(),
        received_on=query.received,
        ledger=ledger,
        force=True,
        show=query.max_decisions,
        progress=_progress(work),
        options=CheckOptions(partner=work.settings.partner, known=sent.known),
        reanswer=False,
    )
    require_x12(result.files[0].summary)
    return result


@contextmanager
def opened_ledger(work: Work) -> Iterator[Ledger | None]:
    """Give the ledger of the service, None where it has none; raises `LedgerError`."""
    if not work.settings.ledger:
        yield None
        return
    with open_ledger(work.settings.ledger) as ledger:
        yield ledger


def _settings(settings: RunSettings, query: AdjudicateQuery, first_number: int | None) -> RunSettings:
    given: dict[str, Any] = {"history": query.history, "unknown": query.unknown}
    if first_number is not None:
        given["acknowledgments"] = numbered(settings.acknowledgments, first_number)
    return msgspec.structs.replace(settings, **{name: value for name, value in given.items() if value})


def _progress(work: Work) -> Progress:
    more = work.progress("deciding", 0)

    def found(count: int) -> None:
        nonlocal more
        more = work.progress("deciding", count)

    return Progress(claim_decided=lambda: more(1), claims_found=found, bytes_read=work.bytes_read())


def _adjudicate(work: Work) -> Answer:
    with opened_ledger(work) as ledger, submitted(work, ledger) as sent:
        result = run(work, work.query, ledger, sent)
    (file,) = result.files
    told: dict[str, Any] = {name: value for name, value in result.as_json().items() if name in _COUNTS}
    document = AdjudicateAnswer(
        exit_code=result.exit_code,
        findings=[msgspec.structs.replace(finding, value=None) for finding in file.findings],
        findings_left_out=file.summary.errors + file.summary.warnings - len(file.findings),
        decisions=list(result.decisions),
        files=written_files(work, (path.name for path in result.outputs)),
        **told,
    )
    (work.outputs / ANSWER).write_bytes(msgspec.json.encode(document))
    return Answer(ANSWER, JSON, outcome(file.summary))


ADJUDICATE = Operation(
    name="adjudicate",
    summary="Decide claims, price them, and write the 835",
    description=(
        "Gives each decision with the rules behind every figure, and the files of the run: the 835, marked "
        "as a simulation, the acknowledgements, the decisions and a report. What a partner sent before is "
        "refused (409), or told in findings, as its profile says."
    ),
    scope=Scope.ADJUDICATE,
    query=AdjudicateQuery,
    bodies=X12_BODIES,
    answers={JSON: AdjudicateAnswer},
    work=_adjudicate,
    problems=(409,),
)
