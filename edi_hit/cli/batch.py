"""`edi-hit batch`: claims as an 837 for a partner, with a control number of its own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from edi_hit.cli.finding_text import counted, shown
from edi_hit.cli.ledger_option import address_option, open_as_user
from edi_hit.cli.options import as_of_option, tables_option
from edi_hit.jobs.batch import BatchMade, make_batches
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.partner_files import checked_partner
from edi_hit.reference import Tables, amount_text

_SHOWN = 20


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--partner",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="Profile of the trading partner (TOML) the claims are sent to.",
)
@click.option(
    "-d",
    "--output-dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="The folder to write to, made where it is missing.",
)
@address_option
@click.option("--again", is_flag=True, help="Write a batch that was made before once more, the same bytes.")
@click.option("--resend", is_flag=True, help="Send claims of an earlier batch again, in a new one.")
@tables_option
@as_of_option
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    partner: Path,
    folder: Path,
    address: str,
    again: bool,
    resend: bool,
    tables: Tables,
    as_of: date,
) -> None:
    """Make 837 batches for a trading partner from claims.

    FILE is a document of claims as translate writes it (JSON, NDJSON, XML), claims of the medicalnetwork
    shape, or X12: a file, a folder, a glob, or - for standard input. Professional and institutional claims
    become a file each, named as the partner's profile says. Control numbers go on over restarts; what was
    sent is kept in the ledger, where receive and status find it.

    The same claims are not sent to the same partner twice: not as the same batch, nor a claim of an earlier
    one in another. Where an 837 cannot hold a claim nothing is written.

    \b
    Examples:
      edi-hit batch claims.json --partner partners/clearinghouse.toml --ledger history.db -d outbound
      edi-hit receive inbound/ --ledger history.db
      edi-hit status --ledger history.db

    Exit code 0 where the batches stand in the folder, 1 where a claim was refused or sent before, 4 where the
    ledger or the disk failed.
    """
    profile, inputs = checked_partner(partner), find_inputs(files)
    with open_as_user(address) as ledger:
        made = make_batches(inputs, profile, ledger, folder, as_of, tables=tables, again=again, resend=resend)
    for one in made:
        click.echo("\n".join(_lines(one)), err=bool(one.exit_code))
    context.exit(max(one.exit_code for one in made))


def _lines(made: BatchMade) -> Iterator[str]:
    claims = f"{counted(made.claims, 'claim')}, {amount_text(made.charge)}"
    if made.refused:
        yield f"{made.guide}: nothing written: {counted(len(made.refused), 'claim')} refused"
        for one in made.refused[:_SHOWN]:
            yield f"  claim {shown(one.claim)}: {one.error}"
        if len(made.refused) > _SHOWN:
            yield f"  ... and {len(made.refused) - _SHOWN} more"
    elif made.sent_before:
        sent = len(made.sent_before)
        yield f"{made.guide}: nothing written: {counted(sent, 'claim')} sent before (--resend sends again)"
        yield from (f"  claim {shown(claim)}" for claim in made.sent_before[:_SHOWN])
        if sent > _SHOWN:
            yield f"  ... and {sent - _SHOWN} more"
    elif made.made_before_on is not None:
        yield f"{made.guide}: {claims}: made on {made.made_before_on} as {made.file}"
    else:
        yield f"{made.guide}: {claims}: wrote {made.file}, control number {made.control_number}"
