"""`--ledger URL`, for commands that cannot do without one."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

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
