"""`edi-hit partners`: profiles of trading partners, checked and shown."""

from pathlib import Path

import click
import msgspec

from edi_hit.jobs import exit_codes
from edi_hit.jobs.partner_files import checked_partner, checked_partners
from edi_hit.profiles import Partner
from edi_hit.rules import ConfigError

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Check and show profiles of trading partners.

    \b
    Examples:
      edi-hit partners check partners/*.toml
      edi-hit partners show partners/clearinghouse.toml
      edi-hit validate claims.837 --partner partners/clearinghouse.toml
    """


@command.command()
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...]) -> None:
    """Check profiles: every setting, the places of their rules, and that no two are of one partner.

    Exit code 0 where all can be used, 2 where one cannot.
    """
    wrong = False
    for path in files:
        try:
            click.echo(f"{path}: {_line(checked_partner(path))}")
        except ConfigError as error:
            wrong = True
            click.echo(str(error), err=True)
    if not wrong:
        checked_partners(files)
    context.exit(exit_codes.USAGE if wrong else exit_codes.CLEAN)


@command.command()
@click.argument("file", type=_FILE)
def show(file: Path) -> None:
    """Print a profile with every default filled in, as JSON."""
    click.echo(msgspec.json.format(msgspec.json.encode(checked_partner(file)), indent=2).decode())


def _line(partner: Partner) -> str:
    """A profile in one line."""
    sender = f"{partner.sender.qualifier} {partner.sender.id}"
    guides = ", ".join(partner.guides) or "all guides"
    rules = f"{len(partner.rules)} rule{'' if len(partner.rules) == 1 else 's'}"
    return f"{partner.name}: sender {sender}; {guides}; {rules} of its own"
