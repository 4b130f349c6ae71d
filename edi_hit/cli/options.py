"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from edi_hit.reference import Tables

F = TypeVar("F", bound=Callable[..., Any])

DAY = click.DateTime(formats=["%Y-%m-%d"])


def tables_option(function: F) -> F:
    """`--tables FILE`, repeatable: a user's reference files, loaded over the packaged ones."""
    decorate = click.option(
        "--tables",
        "tables",
        multiple=True,
        type=click.Path(exists=True, path_type=Path),
        metavar="FILE",
        callback=lambda context, option, files: Tables.with_files(files) if files else Tables.packaged(),
        help="A CMS file or table of your own, loaded over the packaged ones; may be repeated.",
    )
    return decorate(function)


def format_option(function: F) -> F:
    """`--format text|json`."""
    decorate = click.option(
        "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
    )
    return decorate(function)
