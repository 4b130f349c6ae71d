"""`edi-hit validate`: what is wrong in X12 files, and where."""

import re
import sys
from collections.abc import Iterator

import click
import msgspec

from edi_hit.cli.finding_text import FindingPrinter
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.validate import CheckOptions, FileCheck, FileSummary
from edi_hit.report import PageFile, PageFinding, findings_page
from edi_hit.rules import Finding, Severity

_encoder = msgspec.json.Encoder()
_SNIP = re.compile(r"([1-7])(?:-([1-7]))?")


class _SnipTypes(click.ParamType[frozenset[int]]):
    """SNIP types as `1-5`, `1,2` or `3`."""

    name = "types"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[int]:
        found: set[int] = set()
        for part in str(value).split(","):
            match = _SNIP.fullmatch(part.strip())
            if match is None:
                self.fail("SNIP types are 1 to 7, such as 1-5 or 1,2", param, ctx)
            found.update(range(int(match.group(1)), int(match.group(2) or match.group(1)) + 1))
        return frozenset(found)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ndjson", "html"]),
    default="text",
    show_default=True,
    help="ndjson gives one finding a line, json one document, html a page.",
)
@click.option(
    "--snip",
    type=_SnipTypes(),
    metavar="TYPES",
    default="1-7",
    show_default=True,
    help="SNIP types to look for, such as 1-2 or 1,3.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="The least severity for which the exit code is 1.",
)
@click.option("--no-values", is_flag=True, help="Leave what the files hold out of the output.")
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    form: str,
    snip: frozenset[int],
    fail_on: str,
    no_values: bool,
) -> None:
    """Check X12 files against their envelopes and implementation guides.

    FILE is a file (plain or gzip), a folder, a glob, or - for standard input. Guides: 837P, 837I, 835, 999,
    277CA, 277, 834 and 820 of version 005010.

    \b
    Examples:
      edi-hit validate claims.837
      edi-hit validate --format html inbound/ > findings.html

    Exit code 0 where no error was found, 1 where one was, 3 where a file is not X12 or is cut off.
    """
    mark = form in ("text", "html") and not no_values
    options = CheckOptions(snip, None if fail_on == "never" else Severity(fail_on), mark=mark)
    checks = [FileCheck(item, options) for item in find_inputs(files)]
    if form == "json":
        _print_json(checks, no_values)
    elif form == "html":
        _print_html(checks, no_values)
    elif form == "ndjson":
        _print_ndjson(checks, no_values)
    else:
        _print_text(checks, no_values, quiet=bool(context.obj and context.obj["quiet"]))
    context.exit(max((check.summary().exit_code for check in checks), default=0))


def _findings(check: FileCheck, no_values: bool) -> Iterator[Finding]:
    for finding in check.findings():
        yield msgspec.structs.replace(finding, value=None) if no_values else finding


def _print_text(checks: list[FileCheck], no_values: bool, quiet: bool) -> None:
    for check in checks:
        printer = FindingPrinter(check.file.label)
        for finding in _findings(check, no_values):
            if not quiet:
                segment = None if no_values else check.marked(finding)
                click.echo("\n".join(printer.lines(finding, segment)))
        if not quiet:
            click.echo(f"{check.file.label}: {_verdict(check.summary())}")


def _verdict(summary: FileSummary) -> str:
    verdict = "accepted" if summary.accepted else "rejected"
    return (
        f"{verdict}; {_count(summary.claims, 'claim')} in "
        f"{_count(summary.sets, 'transaction set')}, {_count(summary.errors, 'error')}, "
        f"{_count(summary.warnings, 'warning')}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _print_ndjson(checks: list[FileCheck], no_values: bool) -> None:
    out = sys.stdout.buffer
    for check in checks:
        for finding in _findings(check, no_values):
            out.write(_encoder.encode(finding) + b"\n")
    out.flush()


def _print_json(checks: list[FileCheck], no_values: bool) -> None:
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


def _print_html(checks: list[FileCheck], no_values: bool) -> None:
    out = sys.stdout.buffer
    for part in findings_page(_page_files(checks, no_values)):
        out.write(part.encode("utf-8"))
    out.flush()


def _page_files(checks: list[FileCheck], no_values: bool) -> Iterator[PageFile]:
    for check in checks:
        verdict: list[str] = []
        yield PageFile(check.file.label, _page_findings(check, no_values, verdict), verdict)


def _page_findings(check: FileCheck, no_values: bool, verdict: list[str]) -> Iterator[PageFinding]:
    for finding in _findings(check, no_values):
        segment = None if no_values else check.marked(finding)
        if segment is None:
            yield PageFinding(finding)
        else:
            end = segment.start + segment.length if finding.element else segment.start
            text = segment.text
            yield PageFinding(finding, text[: segment.start], text[segment.start : end], text[end:])
    verdict.append(_verdict(check.summary()))
