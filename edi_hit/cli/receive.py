"""`edi-hit receive`: answers of partners, matched to the claims that were sent."""

from datetime import date

import click

from edi_hit.cli.finding_text import counted
from edi_hit.cli.ledger_option import address_option, open_as_user
from edi_hit.cli.options import as_of_option
from edi_hit.cli.payment_findings import print_findings
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.receive import FileReceived, exit_code_of, receive


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@address_option
@as_of_option
@click.pass_context
def command(context: click.Context, files: tuple[str, ...], address: str, as_of: date) -> None:
    """Take in TA1, 999, 277CA and 835 files, and match each answer to the claims that batch sent.

    A TA1 is matched by ISA13, a 999 by GS06 and ST02, a 277CA by BHT03 and CLM01, an 835 by CLM01, payee and
    charge. What fits nothing is told and not guessed. A file is taken in whole or not at all, and once: the
    same bytes again do nothing. FILE is a file (plain or gzip), a folder, a glob, or - for standard input.

    \b
    Examples:
      edi-hit receive inbound/*.999 inbound/*.277ca --ledger history.db
      edi-hit receive era.835 --ledger history.db

    Exit code 0 done, 1 where a file has errors or holds no answer, 3 where one is not X12, 4 where one cannot
    be read or the ledger failed.
    """
    inputs, done = find_inputs(files), []
    with open_as_user(address) as ledger:
        for file in receive(inputs, ledger, as_of):
            print_findings(file.file, file.findings, errors_only=bool(context.obj and context.obj["quiet"]))
            click.echo(_line(file))
            done.append(file)
    context.exit(exit_code_of(done))


def _line(file: FileReceived) -> str:
    if file.known:
        return f"{file.file}: received before, nothing to do"
    answers = ", ".join(f"{count} {kind}" for kind, count in sorted(file.answers.items())) or "no answer"
    told = f"{file.file}: {answers}; {counted(file.claims, 'claim')} answered"
    return f"{told}, {file.unmatched} fit nothing that was sent" if file.unmatched else told
