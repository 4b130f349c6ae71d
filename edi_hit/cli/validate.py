"""`edi-hit validate`: what is wrong in X12 files, and where."""

from datetime import date
from pathlib import Path

import click
from click.core import ParameterSource

from edi_hit.cli.check_printing import (
    print_failures,
    print_html,
    print_json,
    print_ndjson,
    print_text,
)
from edi_hit.cli.options import folder, partner_option, result_options
from edi_hit.jobs.check_options import CheckOptions, snip_types
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.validate import FileCheck
from edi_hit.profiles import Partner, RunSettings, numbered, read_run_settings
from edi_hit.rules import Severity


class _SnipTypes(click.ParamType[frozenset[int]]):
    """SNIP types as `1-5`, `1,2` or `3`."""

    name = "types"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[int]:
        try:
            return snip_types(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


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
@click.option(
    "--max-findings",
    "most",
    type=click.IntRange(min=1),
    metavar="N",
    help="Show at most N findings of each rule in a file, and how many more there are (text, html).",
)
@click.option(
    "--ack-dir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    callback=folder,
    help="Folder to write NAME.ta1, NAME.999 and NAME.277ca into.",
)
@partner_option
@result_options
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    form: str,
    snip: frozenset[int],
    fail_on: str,
    no_values: bool,
    most: int | None,
    ack_dir: Path | None,
    partner: Partner | None,
    config: Path | None,
    as_of: date,
    received: date | None,
    force: bool,
) -> None:
    """Check X12 files against their envelopes and implementation guides.

    FILE is a file (plain or gzip), a folder, a glob, or - for standard input. Guides: 837P, 837I, 835, 999,
    277CA, 277, 834 and 820 of version 005010.

    --ack-dir also acknowledges the files. What it writes is judged by all SNIP types, whatever --snip asks
    for; --config, --as-of, --received and --force are for what it writes. --partner holds the files against a
    trading partner's profile (SNIP type 7), whose acknowledgement policy then counts.

    \b
    Examples:
      edi-hit validate claims.837
      edi-hit validate --format html inbound/ > findings.html
      edi-hit validate inbound/*.837 --ack-dir outbound

    Exit code 0 where no error was found, 1 where one was, 3 where a file is not X12 or is cut off, 4 where
    one cannot be read.
    """
    for_people = form in ("text", "html")
    if most is not None and not for_people:
        raise click.UsageError(f"--max-findings is for text and html; {form} has every finding")
    mark = for_people and not no_values
    severity = None if fail_on == "never" else Severity(fail_on)
    options = CheckOptions(snip, severity, mark=mark, partner=partner)
    inputs, acknowledger = find_inputs(files), None
    if ack_dir is not None:
        from edi_hit.jobs.acknowledge import acknowledger_of

        settings = (read_run_settings(config) if config else RunSettings()).acknowledgments
        if partner is not None:
            settings = numbered(partner.acknowledgments, settings.first_control_number)
        acknowledger = acknowledger_of(inputs, ack_dir, as_of, settings, received, force)
    else:
        _refuse_without_folder(context)
    checks = [FileCheck(item, options, acknowledger) for item in inputs]
    if form == "json":
        print_json(checks, no_values)
    elif form == "html":
        print_html(checks, no_values, most)
    elif form == "ndjson":
        print_ndjson(checks, no_values)
    elif context.obj and context.obj["quiet"]:
        print_failures(checks)
    else:
        print_text(checks, no_values, most)
    context.exit(max((check.summary().exit_code for check in checks), default=0))


def _refuse_without_folder(context: click.Context) -> None:
    """Options that are for acknowledgements have no effect where none are written: say so."""
    for name in ("config", "as_of", "received", "force"):
        if context.get_parameter_source(name) is not ParameterSource.DEFAULT:
            raise click.UsageError(f"--{name.replace('_', '-')} is for acknowledgements: give --ack-dir too")
