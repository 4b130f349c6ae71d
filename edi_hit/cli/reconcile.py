"""`edi-hit reconcile`: the payer's remittances against the expected ones."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from edi_hit.cli.options import tables_option
from edi_hit.cli.payment_findings import file_document, print_file_findings, print_findings, without_value
from edi_hit.cli.reconcile_text import reconcile_lines
from edi_hit.jobs.inputs import BESIDE_835S, find_inputs
from edi_hit.jobs.output_targets import written_to
from edi_hit.jobs.payment_files import PaymentFile
from edi_hit.jobs.reconcile import Progress, Reconciliation, reconcile
from edi_hit.jobs.reconcile_side import PARTS, Side
from edi_hit.reference import Tables, amount_text
from edi_hit.report.reconcile_document import reconcile_document
from edi_hit.report.reconcile_page import PaidSums, reconcile_page
from edi_hit.report.reconcile_table import reconcile_table


@click.command()
@click.argument("expected", metavar="EXPECTED.835")
@click.argument("actual", nargs=-1, required=True, metavar="ACTUAL.835...")
@click.option(
    "--decisions",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    metavar="FILE",
    help="decisions.ndjson of the run that wrote EXPECTED: names the rule behind each figure.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "html"]),
    default="text",
    show_default=True,
    help="csv gives one row a difference, json one document, html a page.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="-",
    show_default=True,
    metavar="FILE",
    help="The file to write; - is standard output.",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@tables_option
@click.pass_context
def command(
    context: click.Context,
    expected: str,
    actual: tuple[str, ...],
    decisions: Path | None,
    form: str,
    output: Path,
    force: bool,
    tables: Tables,
) -> None:
    """Hold the 835s a payer sent against the expected ones: what was not paid as it should be, and why.

    EXPECTED is the 835 of `edi-hit adjudicate`, or any other; both may be files, folders or globs. Claims are
    matched by claim id, lines by line control number; reversals and corrections are netted.

    \b
    Examples:
      edi-hit reconcile results/claims.835 era/*.835 --decisions results/decisions.ndjson
      edi-hit reconcile results/claims.835 era.835 --format csv -o differences.csv

    Exit code 0 where nothing differs; 1 where something does, or a file has errors; 3 where a file is not
    X12 or is cut off.
    """
    quiet = bool(context.obj and context.obj["quiet"])
    inputs = find_inputs([expected], BESIDE_835S), find_inputs(actual, BESIDE_835S)
    with (
        written_to(output, force) as stream,
        _progress(sum(map(len, inputs)), quiet) as progress,
        reconcile(*inputs, decisions, tables=tables, progress=progress) as result,
    ):
        if form in ("text", "csv"):
            print_file_findings(_files(result), errors_only=quiet)
            print_findings("claims compared", result.findings, errors_only=quiet)
        _write(result, form, stream)
        code = result.exit_code
    context.exit(code)


@contextmanager
def _progress(files: int, quiet: bool) -> Iterator[Progress]:
    """A progress bar on a terminal, over the files to read and the parts to compare; nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield Progress()
        return
    with click.progressbar(length=files * PARTS + PARTS, label="Comparing", file=sys.stderr) as bar:
        yield Progress(file_read=lambda file: bar.update(PARTS), part_done=lambda: bar.update(1))


def _write(result: Reconciliation, form: str, stream: BinaryIO) -> None:
    if form == "csv":
        reconcile_table(result, stream)
    elif form == "json":
        stream.writelines(reconcile_document(_head(result), result.totals, result))
    elif form == "html":
        paid = PaidSums(result.expected.totals.paid, result.actual.totals.paid)
        findings = [finding for file in _files(result) for finding in file.findings] + result.findings
        for part in reconcile_page(result, result.totals, paid, findings):
            stream.write(part.encode("utf-8"))
    else:
        stream.writelines(f"{line}\n".encode() for line in reconcile_lines(result))


def _head(result: Reconciliation) -> dict[str, object]:
    """What the JSON document says besides the differences and their sums."""
    return {
        "expected": _side(result.expected),
        "actual": _side(result.actual),
        "findings": [without_value(finding) for finding in result.findings],
        "more_findings": result.more,
    }


def _side(side: Side) -> dict[str, object]:
    totals = side.totals
    return {
        "claims": totals.claims,
        "paid": amount_text(totals.paid),
        "provider_adjusted": amount_text(totals.provider_adjusted),
        "files": [file_document(file) for file in side.files],
    }


def _files(result: Reconciliation) -> list[PaymentFile]:
    return [*result.expected.files, *result.actual.files]
