"""`edi-hit validate`: what is wrong in X12 files, and where."""

import sys
from collections.abc import Iterator

import click
import msgspec

from edi_hit.cli.finding_text import finding_lines
from edi_hit.jobs.inputs import InputFile, find_inputs
from edi_hit.jobs.validate import FileCheck, FileSummary
from edi_hit.rules import Finding

_encoder = msgspec.json.Encoder()


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ndjson"]),
    default="text",
    show_default=True,
    help="ndjson gives one finding a line, json one document.",
)
@click.option("--no-values", is_flag=True, help="Leave the offending values out of the output.")
@click.pass_context
def command(context: click.Context, files: tuple[str, ...], form: str, no_values: bool) -> None:
    """Check X12 files: envelopes, loops, and the numbers and dates of claims.

    FILE is a file (plain or gzip), a folder, a glob, or - for standard input.

    \b
    Examples:
      edi-hit validate claims.837
      edi-hit validate --format json inbound/ > findings.json

    Exit code 0 where no error was found, 1 where one was, 3 where a file is not X12 or is cut off.
    """
    inputs = find_inputs(files)
    quiet = bool(context.obj and context.obj["quiet"])
    if form == "json":
        codes = _print_json(inputs, no_values)
    elif form == "ndjson":
        codes = [_print_ndjson(item, no_values) for item in inputs]
    else:
        codes = [_print_text(item, no_values, quiet) for item in inputs]
    context.exit(max(codes, default=0))


def _findings(check: FileCheck, no_values: bool) -> Iterator[Finding]:
    for finding in check.findings():
        yield msgspec.structs.replace(finding, value=None) if no_values else finding


def _print_text(item: InputFile, no_values: bool, quiet: bool) -> int:
    check = FileCheck(item)
    for finding in _findings(check, no_values):
        if not quiet:
            click.echo("\n".join(finding_lines(finding)))
    summary = check.summary()
    if not quiet:
        click.echo(_summary_line(summary))
    return summary.exit_code


def _summary_line(summary: FileSummary) -> str:
    verdict = "accepted" if summary.accepted else "rejected"
    return (
        f"{summary.file}: {verdict}; {_count(summary.claims, 'claim')} in "
        f"{_count(summary.sets, 'transaction set')}, {_count(summary.errors, 'error')}, "
        f"{_count(summary.warnings, 'warning')}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _print_ndjson(item: InputFile, no_values: bool) -> int:
    check = FileCheck(item)
    out = sys.stdout.buffer
    for finding in _findings(check, no_values):
        out.write(_encoder.encode(finding) + b"\n")
    out.flush()
    return check.summary().exit_code


def _print_json(inputs: list[InputFile], no_values: bool) -> list[int]:
    """Print one document, finding by finding, so that no file's findings are all held at once."""
    out, codes = sys.stdout.buffer, []
    out.write(b'{"files":[')
    for number, item in enumerate(inputs):
        check = FileCheck(item)
        out.write(b',{"findings":[' if number else b'{"findings":[')
        for index, finding in enumerate(_findings(check, no_values)):
            out.write((b"," if index else b"") + _encoder.encode(finding))
        summary = check.summary()
        codes.append(summary.exit_code)
        out.write(b"]," + _encoder.encode(summary)[1:])
    out.write(b"]}\n")
    out.flush()
    return codes
