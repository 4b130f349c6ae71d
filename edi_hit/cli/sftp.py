"""`edi-hit sftp`: files fetched from a partner's server, and put there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import click

from edi_hit.cli.ledger_option import open_as_user
from edi_hit.exchange.sftp_transport import sftp_transport
from edi_hit.jobs.partner_files import checked_partner
from edi_hit.profiles import Partner

F = TypeVar("F", bound=Callable[..., Any])

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Fetch a partner's files from its SSH server, and put files there.

    The partner's profile names server, user, host key and folders, and where our private key is
    ([transport], kind = "sftp"). A server with another host key is refused. Needs the extra sftp:
    pip install 'edi-hit[sftp]'.

    \b
    Examples:
      edi-hit sftp pull inbound --partner partners/clearinghouse.toml
      edi-hit sftp push outbound --partner partners/clearinghouse.toml
    """


def _options(function: F) -> F:
    for option in (
        click.option(
            "--attempts",
            type=click.IntRange(1, 20),
            default=5,
            show_default=True,
            help="How often to try where the server cannot be reached or breaks off.",
        ),
        click.option(
            "--partner",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            required=True,
            help="Profile of the trading partner (TOML).",
        ),
        click.option(
            "--ledger",
            "address",
            envvar="EDI_HIT_LEDGER",
            metavar="URL",
            help="Record each file in the audit trail of this ledger.  [env: EDI_HIT_LEDGER]",
        ),
    ):
        function = option(function)
    return function


@command.command()
@click.argument("folder", type=_FOLDER)
@_options
def pull(folder: Path, partner: Path, attempts: int, address: str | None) -> None:
    """Fetch all files of the partner's folder into FOLDER, and remove them there.

    Exit code 0 where all were fetched, 4 where the server cannot be reached or breaks off.
    """
    profile = checked_partner(partner)
    transport = sftp_transport(profile)
    from edi_hit.exchange import sftp

    def once() -> None:
        with sftp.connected(transport) as server:
            for one in sftp.pull(server, transport.inbound, folder):
                tell("fetched", one.name, one.size, one.sha256)

    with _telling(profile, address) as tell:
        sftp.with_retries(once, attempts)


@command.command()
@click.argument("folder", type=_FOLDER)
@_options
def push(folder: Path, partner: Path, attempts: int, address: str | None) -> None:
    """Put all files of FOLDER into the partner's folder, and move them to FOLDER/sent.

    Exit code 0 where all were put there, 4 where the server cannot be reached or breaks off.
    """
    profile = checked_partner(partner)
    transport = sftp_transport(profile)
    from edi_hit.exchange import sftp

    def once() -> None:
        with sftp.connected(transport) as server:
            for one in sftp.push(server, folder, transport.outbound):
                tell("put", one.name, one.size, one.sha256)

    with _telling(profile, address) as tell:
        sftp.with_retries(once, attempts)


@contextmanager
def _telling(partner: Partner, address: str | None) -> Iterator[Callable[[str, str, int, str], None]]:
    """Give what tells of a file: what was done with it, its name, bytes and SHA-256."""
    with open_as_user(address) if address else nullcontext() as ledger:

        def tell(action: str, name: str, size: int, sha256: str) -> None:
            if ledger is not None:
                with ledger.transaction() as connection:
                    subject = f"{partner.name}: file sha256 {sha256}"
                    ledger.record(connection, action, subject, f"sftp, {size} bytes")
            click.echo(f"{name}: {size} bytes")

        yield tell
