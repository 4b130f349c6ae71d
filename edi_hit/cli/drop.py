"""`edi-hit drop`: the file drop."""

import signal
import sys
from pathlib import Path
from types import FrameType

import click
import msgspec

from edi_hit.cli.decision_text import reopen_lines
from edi_hit.cli.options import format_option
from edi_hit.exchange.drop import DropRun, DropStatus, drop_status, read_plan
from edi_hit.ledger import open_ledger


@click.command()
@click.argument("config", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--once", is_flag=True, help="Do what is there to do, then end.")
@click.option("--status", "show", is_flag=True, help="Say what the drop is doing, and end.")
@format_option
@click.pass_context
def command(context: click.Context, config: Path, once: bool, show: bool, form: str) -> None:
    """Work on folders unattended: files in, acknowledgements and results out.

    CONFIG is a TOML file. As many workers as wanted may run on one CONFIG; each is a process. SIGTERM and
    SIGINT end a worker at its next step; whatever ends it, the next one goes on where it stopped. The log
    goes to standard error, one JSON object a line.

    \b
    Examples:
      edi-hit ledger init --ledger drop.db
      edi-hit drop drop.toml
      edi-hit drop drop.toml --once
      edi-hit drop drop.toml --status --format json

    Exit code 0 done; 1 a file ended in error or quarantine; 2 wrong settings; 4 the disk, the ledger or a
    partner's server failed.
    """
    plan = read_plan(config)
    with open_ledger(plan.ledger) as ledger:
        if show:
            for folder in plan.folders:
                folder.layout.make()
            _print(drop_status(plan, ledger), form)
            return
        run = DropRun(plan, ledger, sys.stderr)

        def stop(number: int, frame: FrameType | None) -> None:
            run.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        context.exit(run.run(once=once))


def _print(status: DropStatus, form: str) -> None:
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(status), indent=2).decode())
        return
    for folder in status.folders:
        age = f", the oldest for {folder.oldest_seconds} s" if folder.waiting else ""
        room = f"{folder.free_bytes // 1_000_000} MB free"
        click.echo(f"{folder.folder}: {folder.waiting} waiting{age}; {room}")
        for one in (one for one in status.open if one.folder == folder.folder):
            click.echo(f"  {one.state:12} {one.files:8} files, the oldest for {one.oldest_seconds} s")
        for total in (one for one in status.totals if one.folder == folder.folder):
            click.echo(f"  {total.fate:12} {total.files:8} files, {total.claims} claims, {total.bytes} bytes")
    click.echo(f"workers holding a file: {len(status.workers)}")
    for trouble in status.troubles:
        where = f"{trouble.fate}: {trouble.folder} {trouble.received_on}"
        click.echo(f"{where} {trouble.called}: {trouble.reason}")
    for line in reopen_lines(status.people_to_reopen):
        click.echo(line)
    click.echo(f"audit trail: {status.audit}")
