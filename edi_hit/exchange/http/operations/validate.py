"""Checks a body and acknowledges it."""

from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec

from edi_hit.exchange.http.job_record import Answer
from edi_hit.exchange.http.operations.work import (
    X12_BODIES,
    Operation,
    Work,
    WrittenFile,
    outcome,
    require_x12,
    written_files,
)
from edi_hit.jobs.acknowledge import Acknowledger
from edi_hit.jobs.check_options import CheckOptions, snip_types
from edi_hit.jobs.validate import FileCheck, FileSummary
from edi_hit.profiles.http_service import Scope
from edi_hit.rules import Finding

ANSWER = "answer.json"
JSON = "application/json"


class ValidateQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Parameters of `validate`: SNIP types looked for, whether to acknowledge, what of findings is told."""

    snip: Annotated[
        str,
        msgspec.Meta(
            pattern="^[1-7](-[1-7])?(,[1-7](-[1-7])?)*$",
            description="SNIP types to look for, such as 1-2 or 1,3",
        ),
    ] = "1-7"
    acknowledge: Annotated[bool, msgspec.Meta(description="Also write the TA1, 999 and 277CA")] = True
    values: Annotated[bool, msgspec.Meta(description="Tell the offending text of each finding")] = False
    max_findings: Annotated[
        int, msgspec.Meta(ge=0, le=100_000, description="Findings told; what is left out is counted")
    ] = 1000
    as_of: Annotated[
        date | None, msgspec.Meta(description="Date of the acknowledgements; today where it is not given")
    ] = None
    received: Annotated[date | None, msgspec.Meta(description="The day the body came in")] = None


class ValidateAnswer(msgspec.Struct, frozen=True):
    """What was found in a body, and its acknowledgements."""

    summary: FileSummary
    findings: list[Finding]
    findings_left_out: int
    files: list[WrittenFile]


def _validate(work: Work) -> Answer:
    query: ValidateQuery = work.query
    acknowledger = None
    if query.acknowledge:
        settings = work.run_settings().acknowledgments
        acknowledger = Acknowledger(work.outputs, query.as_of or work.on, settings, query.received)
    options = CheckOptions(snip_types(query.snip), tables=work.tables(), partner=work.settings.partner)
    check = FileCheck(work.body, options, acknowledger, work.bytes_read())
    findings, count = [], 0
    for finding in check.findings():
        count += 1
        if count <= query.max_findings:
            findings.append(finding if query.values else msgspec.structs.replace(finding, value=None))
    return _answer(work, check.summary(), findings, count)


def _answer(work: Work, summary: FileSummary, findings: list[Finding], count: int) -> Answer:
    require_x12(summary)
    summary = named_by_file(summary)
    names = summary.acknowledgment.files if summary.acknowledgment else ()
    document = ValidateAnswer(summary, findings, count - len(findings), written_files(work, names))
    (work.outputs / ANSWER).write_bytes(msgspec.json.encode(document))
    return Answer(ANSWER, JSON, outcome(summary))


def named_by_file(summary: FileSummary) -> FileSummary:
    """Give a summary whose acknowledgements are named, without where they are on disk."""
    told = summary.acknowledgment
    if told is None:
        return summary
    names = tuple(Path(file).name for file in told.files)
    return msgspec.structs.replace(summary, acknowledgment=msgspec.structs.replace(told, files=names))


VALIDATE = Operation(
    name="validate",
    summary="Check X12 and acknowledge it",
    description=(
        "Gives the findings of SNIP types 1 to 7 with their places, and the TA1, 999 and 277CA. Faults are "
        "no error of the request: what is asked is answered, and `accepted` says whether the body is."
    ),
    scope=Scope.VALIDATE,
    query=ValidateQuery,
    bodies=X12_BODIES,
    answers={JSON: ValidateAnswer},
    work=_validate,
)
