"""`--ledger URL`, for commands that cannot do without one, and the ledger opened for who calls a command."""

import getpass
import os
import platform
from collections.abc import Callable
from typing import Any, TypeVar

import click

from edi_hit.ledger import Ledger, open_ledger

F = TypeVar("F", bound=Callable[..., Any])


def address_option(function: F) -> F:
    """`--ledger URL`, or the environment's EDI_HIT_LEDGER."""
    decorate = click.option(
        "--ledger",
        "address",
        required=True,
        envvar="EDI_HIT_LEDGER",
        metavar="URL",
        help="A file, sqlite:///FILE or postgresql://...  [env: EDI_HIT_LEDGER]",
    )
    return decorate(function)


def open_as_user(address: str) -> Ledger:
    """Open a ledger; what is done is recorded as done by who calls the command, USER@MACHINE.

    Raises as `open_ledger` does.
    """
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    return open_ledger(address, f"{user}@{platform.node()}")
