"""`edi-hit adjudicate`: decides claims, prices them and writes the 835."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
import msgspec

from edi_hit.cli.decision_text import decision_lines, total_lines
from edi_hit.cli.finding_text import FindingPrinter
from edi_hit.cli.ledger_option import open_as_user
from edi_hit.cli.options import (
    folder,
    format_option,
    history_option,
    partner_option,
    result_options,
    run_settings,
    tables_option,
    unknown_option,
    workers_option,
)
from edi_hit.jobs.adjudicate import Progress, RunResult, adjudicate
from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.read_run import FileRead
from edi_hit.jobs.worker_processes import usable_processors
from edi_hit.ledger import Ledger
from edi_hit.profiles import Partner, RunSettings, numbered
from edi_hit.reference import Tables

SHOWN = 40
"""Decisions printed as text; the files hold all."""


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    callback=folder,
    required=True,
    help="Folder of the results.",
)
@history_option
@unknown_option
@click.option(
    "--ledger",
    "address",
    envvar="EDI_HIT_LEDGER",
    metavar="URL",
    help="What happened before, and where answers are kept (see edi-hit ledger).",
)
@tables_option
@partner_option
@workers_option
@result_options
@format_option
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    out: Path,
    config: Path | None,
    history: str | None,
    unknown: str | None,
    address: str | None,
    tables: Tables,
    partner: Partner | None,
    workers: int | None,
    as_of: date,
    received: date | None,
    force: bool,
    form: str,
) -> None:
    """Decide the claims of 837P files, price them, and write what the payer should send back.

    Writes NAME.835 for each input with an answered claim, its acknowledgements NAME.999, NAME.277ca and
    NAME.ta1, decisions.ndjson (one decision a line, with the rule behind each figure) and report.html into
    --out; reanswered.835 and reanswered.ndjson where earlier answers rested on one that a replacement or void
    took back. The 835s are marked as simulations.

    \b
    Examples:
      edi-hit adjudicate claims.837 --out results
      edi-hit adjudicate inbound/*.837 --out results --history complete --unknown pend

    Exit code 0 done; 1 done, some claims or files had errors; 3 a file is not X12 or is cut off;
    4 a claim could not be priced for want of a reference table.
    """
    quiet = bool(context.obj and context.obj["quiet"])
    settings = _numbered(run_settings(config, history, unknown), partner)
    with _ledger(address) as ledger, _progress(show=not quiet and form == "text") as progress:
        result = adjudicate(
            find_inputs(files),
            out,
            as_of=as_of,
            settings=settings,
            tables=tables,
            received_on=received,
            ledger=ledger,
            force=force,
            show=SHOWN,
            progress=progress,
            options=CheckOptions(partner=partner),
            workers=workers or usable_processors(),
        )
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(result.as_json()), indent=2).decode())
    else:
        _print_problems(result, errors_only=quiet)
        if not quiet:
            _print_decisions(result)
    context.exit(result.exit_code)


def _numbered(settings: RunSettings, partner: Partner | None) -> RunSettings:
    """Give settings whose acknowledgements are those of a partner."""
    if partner is None:
        return settings
    first = settings.acknowledgments.first_control_number
    return msgspec.structs.replace(settings, acknowledgments=numbered(partner.acknowledgments, first))


@contextmanager
def _ledger(address: str | None) -> Iterator[Ledger | None]:
    if address is None:
        yield None
        return
    with open_as_user(address) as ledger:
        yield ledger


@contextmanager
def _progress(show: bool) -> Iterator[Progress]:
    """A progress bar on a terminal, over the claims to decide; nothing in a pipe."""
    if not show or not sys.stderr.isatty():
        yield Progress()
        return
    with click.progressbar(length=1, label="Deciding", file=sys.stderr, update_min_steps=200) as bar:

        def found(count: int) -> None:
            bar.length = max(count, 1)

        yield Progress(claim_decided=lambda: bar.update(1), claims_found=found)


def _print_problems(result: RunResult, *, errors_only: bool) -> None:
    """Say on standard error what was found in the files, and what kept a claim from its answer."""
    for file in result.files:
        _print_findings(file, errors_only)
        if file.first == file.end and not (file.findings or errors_only):
            click.echo(f"{file.file.label}: holds no claim (837P, 837I)", err=True)
    for label, reason in result.failures:
        click.echo(f"{label}: its 835 was not written: {reason}", err=True)
    for table, why in result.totals.missing_tables.items():
        click.echo(f"missing table {table}: {why}", err=True)


def _print_findings(file: FileRead, errors_only: bool) -> None:
    printer = FindingPrinter(file.file.label)
    found, kept = file.summary.errors, [finding for finding in file.findings if finding.is_error]
    if not errors_only:
        found, kept = found + file.summary.warnings, list(file.findings)
    for finding in kept:
        shown = msgspec.structs.replace(finding, value=None)
        click.echo("\n".join(printer.lines(shown)), err=True)
    if found > len(kept):
        more = f"{found - len(kept)} more findings: edi-hit validate shows them all"
        click.echo(f"{file.file.label}: {more}", err=True)


def _print_decisions(result: RunResult) -> None:
    for decision in result.decisions:
        click.echo("\n".join(decision_lines(decision)))
    more = result.totals.claims - len(result.decisions)
    if more > 0:
        click.echo(f"... and {more} more claims: see decisions.ndjson and report.html")
    click.echo("\n".join(total_lines(result)))
