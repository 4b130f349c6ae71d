"""`edi-hit translate`: X12 in other forms, and back."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
import msgspec

from edi_hit.cli.finding_text import FindingPrinter
from edi_hit.cli.options import DAY
from edi_hit.formats.shapes import Address
from edi_hit.jobs import exit_codes
from edi_hit.jobs.counted_reading import OnBytes
from edi_hit.jobs.forms import NAMES, SHAPES, VIEWS, form_named
from edi_hit.jobs.inputs import STANDARD_INPUT, InputFile, find_inputs
from edi_hit.jobs.output_targets import STANDARD_OUTPUT, all_written_to, output_paths
from edi_hit.jobs.translate import Translation
from edi_hit.rules import ComposeError, EdiHitError, Finding


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--to", "name", type=click.Choice(NAMES), required=True, help="The form to write.")
@click.option("--as", "view", type=click.Choice(VIEWS), help="What of the X12: all of it, or its claims.")
@click.option("--shape", type=click.Choice(SHAPES), help="Write JSON claims in the shape of others.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="-",
    show_default=True,
    metavar="PATH",
    help="The file to write, a folder for one file an input, or - for standard output.",
)
@click.option(
    "-d",
    "--output-dir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder to write to, made where it is missing.",
)
@click.option("--sender", metavar="ID", help="Who sends, for claims that do not say so (ISA06).")
@click.option("--receiver", metavar="ID", help="Who receives them (ISA08).")
@click.option("--as-of", type=DAY, metavar="DATE", help="The day they are sent.")
@click.option("--validate", is_flag=True, help="Check XML and JSON that is read against its schema.")
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    name: str,
    view: str | None,
    shape: str | None,
    output: Path,
    output_dir: Path | None,
    sender: str | None,
    receiver: str | None,
    as_of: datetime | None,
    validate: bool,
    force: bool,
) -> None:
    """Turn X12 into XML, JSON, tables or claims, and back.

    FILE is X12, or a document as this command writes it, plain or gzip: a file, a folder, a glob, or - for
    standard input. Its form is told from its content. Loops hold every byte of the X12: translated back, the
    file is the same. Claims (--as claims, ndjson) are claims and remittances as objects, composed anew on the
    way back.

    \b
    Examples:
      edi-hit translate claims.837 --to xml -o claims.xml
      edi-hit translate claims.837 --to json --as claims -o claims.json
      edi-hit translate claims.xml --to x12 -o claims.837
      edi-hit translate inbound/ --to ndjson -d out/
      edi-hit translate remits/*.835 --to parquet -d tables/

    Each output is written whole or not at all. Exit code 0 where all was done, 1 where X12 read as claims has
    errors, 2 for wrong usage, 3 where a file is neither X12 nor such a document, or is cut off.
    """
    quiet = bool(context.obj and context.obj["quiet"])
    form, inputs = form_named(name, shape or view), find_inputs(files)
    address = Address(sender, receiver, as_of.date()) if sender and receiver and as_of else None
    if output_dir is not None:
        output_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    paths = output_paths(inputs, output_dir or output, form, force)
    codes = [
        _one(
            item, Translation(name, shape or view, validate=validate, address=address), outputs, force, quiet
        )
        for item, outputs in zip(inputs, paths, strict=True)
    ]
    context.exit(max(codes, default=exit_codes.CLEAN))


def _one(file: InputFile, translation: Translation, paths: list[Path], force: bool, quiet: bool) -> int:
    """Translate one input; tell what is wrong with it, and go on with the others."""
    try:
        with _progress(file, quiet) as progress, all_written_to(paths, force) as outs:
            translation.write(file, outs, progress)
    except EdiHitError as error:
        if isinstance(error, ComposeError) and not quiet:
            _tell_findings(file, error.findings)
        return _told(file, str(error), error.exit_code)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _told(file, error.strerror or str(error), exit_codes.FAILED)
    if paths != [STANDARD_OUTPUT] and not quiet:
        click.echo(f"{file.label}: {', '.join(map(str, paths))}", err=True)
    if translation.errors and not quiet:
        _tell_findings(file, translation.findings)
        click.echo(f"{file.label}: {translation.errors} errors; what could be read was written", err=True)
    if translation.cut_off:
        return _told(file, "the X12 is cut off; what there is of it was written", exit_codes.NOT_X12)
    return translation.exit_code


def _tell_findings(file: InputFile, findings: Iterable[Finding]) -> None:
    printer = FindingPrinter(file.label)
    for finding in findings:
        click.echo("\n".join(printer.lines(msgspec.structs.replace(finding, value=None))), err=True)


def _told(file: InputFile, message: str, code: int) -> int:
    click.echo(f"edi-hit: {file.label}: {message}", err=True)
    return code


@contextmanager
def _progress(file: InputFile, quiet: bool) -> Iterator[OnBytes | None]:
    """A progress bar on a terminal, nothing in a pipe."""
    if quiet or not sys.stderr.isatty() or file.source == STANDARD_INPUT:
        yield None
        return
    length = Path(file.source).stat().st_size
    with click.progressbar(length=length, label=file.label, file=sys.stderr, update_min_steps=100_000) as bar:
        yield bar.update
