"""`edi-hit report`: X12 files as a page to read."""

from pathlib import Path

import click

from edi_hit.cli.options import tables_option
from edi_hit.jobs.file_report import FileReport
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.output_targets import written_to
from edi_hit.reference import Tables
from edi_hit.report.file_page import file_page


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PAGE",
    default="-",
    show_default=True,
    help="The page to write, or - for standard output.",
)
@click.option("--force", is_flag=True, help="Overwrite a page that exists.")
@tables_option
@click.pass_context
def command(
    context: click.Context, files: tuple[str, ...], output: Path, force: bool, tables: Tables
) -> None:
    """Show X12 files as an HTML page: claims (837) and payments (835) as cards, with what is wrong in place.

    FILE is a file (plain or gzip), a folder, a glob, or - for standard input. The page holds what the files
    hold, names of patients included; it loads nothing from elsewhere. At most 1,000 claims of a file are
    listed, the others counted.

    \b
    Examples:
      edi-hit report claims.837 -o claims.html
      edi-hit report era/*.835 > payments.html

    Exit code 0 where no error was found, 1 where one was, 3 where a file is not X12 or is cut off, 4 where
    one cannot be read.
    """
    reports = [FileReport(item, tables) for item in find_inputs(files)]
    with written_to(output, force) as stream:
        for part in file_page(report.page for report in reports):
            stream.write(part.encode("utf-8"))
    context.exit(max((report.exit_code for report in reports), default=0))
