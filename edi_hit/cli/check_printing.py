"""What checks find, printed: as text, as JSON, as NDJSON, as an HTML page."""

import sys
from collections import Counter, deque
from collections.abc import Iterator

import click
import msgspec

from edi_hit.cli.finding_text import FindingPrinter, counted
from edi_hit.jobs import exit_codes
from edi_hit.jobs.file_acknowledgment import FileAcknowledgment
from edi_hit.jobs.page_findings import page_finding
from edi_hit.jobs.validate import FileCheck, FileSummary
from edi_hit.report.findings_page import PageFile, PageFinding, findings_page
from edi_hit.rules import Finding

_encoder = msgspec.json.Encoder()


def _findings(check: FileCheck, no_values: bool) -> Iterator[Finding]:
    for finding in check.findings():
        yield msgspec.structs.replace(finding, value=None) if no_values else finding


class _Shown:
    """The findings of a file that are shown: of each rule the first `most`, where that is given."""

    def __init__(self, check: FileCheck, no_values: bool, most: int | None) -> None:
        self._found = _findings(check, no_values)
        self._most = most
        self._counts: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Finding]:
        for finding in self._found:
            self._counts[finding.rule] += 1
            if self._most is None or self._counts[finding.rule] <= self._most:
                yield finding

    def left_out(self) -> Iterator[str]:
        """Say how many findings of which rules were not shown."""
        for rule, count in sorted(self._counts.items()):
            if self._most is not None and count > self._most:
                yield f"{count - self._most} more of {rule} not shown"


def print_text(checks: list[FileCheck], no_values: bool, most: int | None) -> None:
    """Print the findings of each file, of each rule at most `most`, and a line with its verdict."""
    for check in checks:
        printer, shown = FindingPrinter(check.file.label), _Shown(check, no_values, most)
        for finding in shown:
            segment = None if no_values else check.marked(finding)
            click.echo("\n".join(printer.lines(finding, segment)))
        for line in (*shown.left_out(), *_verdict(check.summary())):
            click.echo(f"{check.file.label}: {line}")


def print_failures(checks: list[FileCheck]) -> None:
    """Print nothing but why a file could not be read to its end, on standard error."""
    for check in checks:
        for last in deque(check.findings(), maxlen=1):
            if check.summary().exit_code >= exit_codes.NOT_X12:
                click.echo(f"{check.file.label}: {last.rule}: {last.message}", err=True)


def _verdict(summary: FileSummary) -> Iterator[str]:
    """What is said of a file as a whole, and of its acknowledgements where there are any."""
    verdict = "accepted" if summary.accepted else "rejected"
    yield (
        f"{verdict}; {counted(summary.claims, 'claim')} in "
        f"{counted(summary.sets, 'transaction set')}, {counted(summary.errors, 'error')}, "
        f"{counted(summary.warnings, 'warning')}"
    )
    if summary.acknowledgment is not None:
        yield _written(summary.acknowledgment)


def _written(told: FileAcknowledgment) -> str:
    if not told.files:
        return "nothing to acknowledge"
    sets = f"{counted(told.sets_accepted, 'set')} accepted, {told.sets_rejected} rejected"
    claims = f"{counted(told.claims_accepted, 'claim')} accepted, {told.claims_rejected} rejected"
    more = f"; {counted(told.left_out, 'finding')} over the limit left out" if told.left_out else ""
    return f"wrote {', '.join(told.files)} ({sets}; {claims}{more})"


def print_ndjson(checks: list[FileCheck], no_values: bool) -> None:
    """Print one finding a line; which acknowledgements were written goes to standard error."""
    out = sys.stdout.buffer
    for check in checks:
        for finding in _findings(check, no_values):
            out.write(_encoder.encode(finding) + b"\n")
        told = check.summary().acknowledgment
        if told is not None:
            click.echo(f"{check.file.label}: {_written(told)}", err=True)
    out.flush()


def print_json(checks: list[FileCheck], no_values: bool) -> None:
    """Print one document, finding by finding, so that no file's findings are all held at once."""
    out = sys.stdout.buffer
    out.write(b'{"files":[')
    for number, check in enumerate(checks):
        out.write(b',{"findings":[' if number else b'{"findings":[')
        for index, finding in enumerate(_findings(check, no_values)):
            out.write((b"," if index else b"") + _encoder.encode(finding))
        out.write(b"]," + _encoder.encode(check.summary())[1:])
    out.write(b"]}\n")
    out.flush()


def print_html(checks: list[FileCheck], no_values: bool, most: int | None) -> None:
    """Print a page; of each rule at most `most` findings of a file."""
    out = sys.stdout.buffer
    for part in findings_page(_page_files(checks, no_values, most)):
        out.write(part.encode("utf-8"))
    out.flush()


def _page_files(checks: list[FileCheck], no_values: bool, most: int | None) -> Iterator[PageFile]:
    for check in checks:
        verdict: list[str] = []
        shown = _Shown(check, no_values, most)
        yield PageFile(check.file.label, _page_findings(check, shown, no_values, verdict), verdict)


def _page_findings(
    check: FileCheck, shown: _Shown, no_values: bool, verdict: list[str]
) -> Iterator[PageFinding]:
    for finding in shown:
        yield PageFinding(finding) if no_values else page_finding(check, finding)
    verdict.extend((*shown.left_out(), *_verdict(check.summary())))
