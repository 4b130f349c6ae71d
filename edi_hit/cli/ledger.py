"""`edi-hit ledger`: history, coverage, suppliers, plans of care and prices, kept in a database."""

from datetime import date
from pathlib import Path

import click
import msgspec

from edi_hit.cli.decision_text import decision_lines, reopen_lines
from edi_hit.cli.ledger_option import address_option, open_as_user
from edi_hit.cli.options import (
    as_of_option,
    format_option,
    history_option,
    run_settings,
    tables_option,
    unknown_option,
)
from edi_hit.jobs import exit_codes
from edi_hit.jobs.recycle import recycle
from edi_hit.jobs.reopen import reopen
from edi_hit.ledger import (
    AuditHead,
    LedgerStatus,
    init_ledger,
    ledger_status,
    load_claims,
    load_csv,
    loadable,
    loadable_tables,
    open_ledger,
    template,
    verify_audit,
)
from edi_hit.reference import Tables, amount_text

_CSV = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Keep what happened before: history, coverage, suppliers, plans of care, prices.

    \b
    Examples:
      edi-hit ledger init --ledger history.db
      edi-hit ledger template coverage > coverage.csv
      edi-hit ledger load --ledger history.db coverage.csv suppliers.csv
      edi-hit adjudicate claims.837 --out results --ledger history.db
    """


@command.command()
@address_option
def init(address: str) -> None:
    """Make a new ledger, or bring an older one up to date."""
    init_ledger(address)


@command.command("template")
@click.argument("table", type=click.Choice(list(loadable_tables())), required=False)
def print_template(table: str | None) -> None:
    """Print an empty CSV of TABLE with its columns explained; without TABLE, list the tables."""
    if table is not None:
        click.echo(template(table), nl=False)
        return
    for name, described in loadable_tables().items():
        click.echo(f"{name:20} {loadable(described).holds}")


@command.command()
@click.argument("files", nargs=-1, required=True, type=_CSV, metavar="FILE...")
@address_option
@click.option("--table", type=click.Choice(list(loadable_tables())), help="The table; else the columns tell.")
@as_of_option
def load(files: tuple[Path, ...], address: str, table: str | None, as_of: date) -> None:
    """Load CSV files: all their rows, or nothing and every fault with its line (exit code 2).

    A row replaces the one that is about the same: the same person and first day, for example.
    """
    with open_as_user(address) as ledger, ledger.transaction() as connection:
        loaded = load_csv(connection, files, as_of, table)
        for file in loaded:
            ledger.record(connection, "loaded", file.table, f"{file.rows} rows, sha256 {file.sha256}")
    for file in loaded:
        click.echo(f"{file.file}: {file.rows} rows into {file.table}")


@command.command("load-claims")
@click.argument("files", nargs=-1, required=True, type=_CSV, metavar="FILE...")
@address_option
@as_of_option
def load_past_claims(files: tuple[Path, ...], address: str, as_of: date) -> None:
    """Load past 837P and 835 files: what was billed, and what became of it.

    Claims are found by CLP01 and payee, lines by their control number (6R), else by code and day.
    """
    with open_as_user(address) as ledger, ledger.transaction() as connection:
        told = load_claims(connection, list(files), as_of)
        detail = f"{told.claims} claims, {told.payments.lines} lines answered"
        ledger.record(connection, "loaded", "past claims and payments", detail)
    click.echo(f"{told.claims} claims loaded, {told.known} known before, {told.left_out} left out")
    paid = told.payments
    click.echo(f"{paid.lines} lines answered")
    if paid.claims_unmatched or paid.lines_unmatched:
        unmatched = f"{paid.claims_unmatched} payments and {paid.lines_unmatched} of their lines"
        click.echo(f"{unmatched} fit no claim or line, or several", err=True)


@command.command("recycle")
@address_option
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the results."
)
@click.option("--config", type=_CSV, help="Settings of the run (TOML); those the claims were asked with.")
@history_option
@unknown_option
@tables_option
@as_of_option
@click.option("--force", is_flag=True, help="Overwrite results of an earlier run.")
def recycle_claims(
    address: str,
    out: Path,
    config: Path | None,
    history: str | None,
    unknown: str | None,
    tables: Tables,
    as_of: date,
    force: bool,
) -> None:
    """Ask again about claims that wait; answer those whose drug came in or whose time ran out.

    Writes recycled.ndjson and, where a claim is answered, recycled.835 into --out.
    """
    settings = run_settings(config, history, unknown)
    with open_as_user(address) as ledger:
        done = recycle(ledger, out, as_of=as_of, settings=settings, tables=tables, force=force)
    for decision in done.decisions:
        click.echo("\n".join(decision_lines(decision)))
    click.echo(f"{done.waited} claims waited, {done.waiting} still wait")
    for line in reopen_lines(done.people_to_reopen):
        click.echo(line)


@command.command("reopen")
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@address_option
@click.option("--void", is_flag=True, help="Take the answers to the claims back for good: they bill nothing.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the results."
)
@click.option("--config", type=_CSV, help="Settings of the run (TOML); those of the answers looked at again.")
@history_option
@unknown_option
@tables_option
@as_of_option
@click.option("--force", is_flag=True, help="Overwrite results of an earlier run.")
def reopen_claims(
    claims: tuple[str, ...],
    address: str,
    void: bool,
    out: Path,
    config: Path | None,
    history: str | None,
    unknown: str | None,
    tables: Tables,
    as_of: date,
    force: bool,
) -> None:
    """Answer again what rests on an outcome that has changed: a drug reversed, a first visit taken back.

    Looks at all claims of the people whose lines got another outcome since (ledger load, load-claims), and
    of those of each CLAIM: its number (CLM01), or that of our 835s (CLP07). Writes reopened.ndjson and, where
    an answer comes out otherwise, reopened.835: the former answer reversed (CLP02 22), then the new one.
    """
    if void and not claims:
        raise click.UsageError("--void wants the claims whose answers are to be taken back")
    settings = run_settings(config, history, unknown)
    with open_as_user(address) as ledger:
        done = reopen(
            ledger,
            out,
            as_of=as_of,
            claims=claims,
            void=void,
            settings=settings,
            tables=tables,
            force=force,
        )
    for decision in done.decisions:
        click.echo("\n".join(decision_lines(decision)))
    click.echo(f"{len(done.decisions)} claims answered otherwise than before")


@command.command()
@address_option
@click.option(
    "--head", "known", metavar="COUNT:HASH", help="A head noted down before: the trail must pass it."
)
@click.pass_context
def audit(context: click.Context, address: str, known: str | None) -> None:
    """Verify the audit trail: that no entry was changed or removed; print its head, COUNT:HASH.

    Exit code 1 where one was. Note the head down outside the database, and give it with --head: only so is
    found out who can rewrite the whole trail.
    """
    with open_ledger(address) as ledger, ledger.reading() as connection:
        verdict = verify_audit(connection, _head(known) if known else None)
    for fault in verdict.faults:
        click.echo(fault, err=True)
    click.echo(verdict.head)
    context.exit(exit_codes.FINDINGS if verdict.faults else exit_codes.CLEAN)


def _head(text: str) -> AuditHead:
    count, _, found = text.partition(":")
    if not count.isascii() or not count.isdigit() or not found:
        raise click.UsageError("--head is a count and a hash, such as edi-hit ledger audit prints")
    return AuditHead(int(count), found)


@command.command()
@address_option
@format_option
def status(address: str, form: str) -> None:
    """Say what the ledger holds, in counts and dates."""
    with open_ledger(address) as ledger, ledger.reading() as connection:
        found = ledger_status(connection)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        _print_status(found)


def _print_status(found: LedgerStatus) -> None:
    click.echo(f"version {found.version}")
    for name, count in {**found.rows, **{f"claims {state}": n for state, n in found.claims.items()}}.items():
        if count:
            click.echo(f"{name:24} {count:10}")
    click.echo(f"{'files':24} {found.files:10}  not finished: {found.unfinished_files}")
    click.echo(
        f"{'835 interchanges sent':24} {found.interchanges_sent:10}  last ISA13: {found.last_control_number}"
    )
    if found.waiting:
        click.echo(f"{'claims waiting':24} {found.waiting:10}  next look: {found.next_look_on}")
    if found.changed:
        click.echo(f"{'people to reopen':24} {found.changed:10}  edi-hit ledger reopen")
    if found.open_balances:
        click.echo(
            f"{'open balances':24} {found.open_balances:10}  owed by payees: {amount_text(found.owed)}"
        )
    if found.first_service:
        click.echo(f"services from {found.first_service} through {found.last_service}")
