"""`edi-hit post`: remittances as tables for posting."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import click

from edi_hit.cli.options import tables_option
from edi_hit.cli.payment_findings import print_file_findings
from edi_hit.cli.post_text import post_lines
from edi_hit.jobs.inputs import BESIDE_835S, find_inputs
from edi_hit.jobs.output_targets import STANDARD_OUTPUT, written_to
from edi_hit.jobs.payment_files import PaymentFile
from edi_hit.jobs.post import post
from edi_hit.jobs.posting_sinks import PostingSink, csv_folder, json_document, ndjson_lines
from edi_hit.reference import Tables


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json", "ndjson"]),
    default="csv",
    show_default=True,
    help="csv gives one file a table, json one document, ndjson one row a line.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The folder of the CSV files; for json and ndjson the file, - for standard output.",
)
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
@tables_option
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    form: str,
    output: Path | None,
    force: bool,
    tables: Tables,
) -> None:
    """Turn 835 remittances into tables for posting, and say whether each adds up to its payment.

    The tables are payments, claims, lines, adjustments, remarks and provider_adjustments (PLB). FILE is a
    file (plain or gzip), a folder, a glob, or - for standard input.

    \b
    Examples:
      edi-hit post era/*.835 -o posting/
      edi-hit post era.835 --format json -o era.json

    Exit code 0 where every payment adds up and no file has an error; 1 where one does not or has; 3 where a
    file is not X12 or is cut off.
    """
    quiet = bool(context.obj and context.obj["quiet"])
    inputs = find_inputs(files, BESIDE_835S)
    with _progress(len(inputs), quiet) as file_read, _sink(form, output, force) as sink:
        result = post(inputs, sink, tables, file_read)
    print_file_findings(result.files, errors_only=quiet)
    if not quiet:
        click.echo("\n".join(post_lines(result)), err=form != "csv")
    context.exit(result.exit_code)


def _sink(form: str, output: Path | None, force: bool) -> AbstractContextManager[PostingSink]:
    if form == "csv":
        if output is None or output == STANDARD_OUTPUT:
            raise click.UsageError("--format csv writes several files: name their folder with -o")
        return csv_folder(output, force)
    return _stream_sink(form, output or STANDARD_OUTPUT, force)


@contextmanager
def _stream_sink(form: str, output: Path, force: bool) -> Iterator[PostingSink]:
    if output != STANDARD_OUTPUT and output.is_dir():
        raise click.UsageError(f"--format {form} writes one file, and {output} is a folder")
    sink = json_document if form == "json" else ndjson_lines
    with written_to(output, force) as stream, sink(stream) as rows:
        yield rows


@contextmanager
def _progress(files: int, quiet: bool) -> Iterator[Callable[[PaymentFile], None]]:
    """A progress bar on a terminal, over the files; nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield lambda file: None
        return
    with click.progressbar(length=files, label="Posting", file=sys.stderr) as bar:
        yield lambda file: bar.update(1)
