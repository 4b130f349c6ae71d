"""Options that several commands share."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from edi_hit.profiles import History, Partner, RunSettings, Unknown, read_run_settings
from edi_hit.reference import Tables

F = TypeVar("F", bound=Callable[..., Any])

DAY = click.DateTime(formats=["%Y-%m-%d"])


def folder(context: click.Context, option: click.Parameter, given: Path | None) -> Path | None:
    """Refuse `-` for a folder of results: standard output is none."""
    if given is not None and str(given) == "-":
        raise click.BadParameter("is a folder; standard output is not one", context, option)
    return given


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


history_option = click.option(
    "--history",
    type=click.Choice([item.value for item in History]),
    help="Whether the claims given are all there are.  [default: partial]",
)
"""`--history complete|partial`."""

workers_option = click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes a large run may use.  [default: the processors there are]",
)
"""`--workers N`."""

unknown_option = click.option(
    "--unknown",
    type=click.Choice([item.value for item in Unknown]),
    help="What follows where a rule cannot be answered.  [default: assume]",
)
"""`--unknown assume|pend|deny`."""


def run_settings(config: Path | None, history: str | None, unknown: str | None) -> RunSettings:
    """Give the settings of `--config`, over which `--history` and `--unknown` go; raises `ConfigError`."""
    settings = read_run_settings(config) if config else RunSettings()
    if history:
        settings = msgspec.structs.replace(settings, history=History(history))
    if unknown:
        settings = msgspec.structs.replace(settings, unknown=Unknown(unknown))
    return settings


def _partner(context: click.Context, option: click.Parameter, given: Path | None) -> Partner | None:
    if given is None:
        return None
    from edi_hit.jobs.partner_files import checked_partner

    return checked_partner(given)


partner_option = click.option(
    "--partner",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    callback=_partner,
    help="Profile of the trading partner (TOML) the files are held against: SNIP type 7.",
)
"""`--partner FILE`: the profile, read and checked."""

as_of_option = click.option(
    "--as-of",
    type=DAY,
    metavar="DATE",
    callback=lambda context, option, given: (given or datetime.now()).date(),
    help="Date of what is written.  [default: today]",
)
"""`--as-of DATE`, today by default."""


def result_options(function: F) -> F:
    """`--config`, `--as-of`, `--received`, `--force`: for commands that write files a partner gets."""
    for option in (
        click.option("--force", is_flag=True, help="Overwrite results of an earlier run."),
        click.option(
            "--received",
            type=DAY,
            metavar="DATE",
            callback=lambda context, option, given: given.date() if given else None,
            help="Day the files were received; told in 277CA and 835.",
        ),
        as_of_option,
        click.option(
            "--config", type=click.Path(dir_okay=False, path_type=Path), help="Settings of the run (TOML)."
        ),
    ):
        function = option(function)
    return function


def format_option(function: F) -> F:
    """`--format text|json`."""
    decorate = click.option(
        "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
    )
    return decorate(function)
