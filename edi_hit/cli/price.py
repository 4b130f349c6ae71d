"""`edi-hit price`: the price of one visit code, with the arithmetic shown."""

from datetime import date, datetime
from decimal import Decimal

import click
import msgspec

from edi_hit.benefits.medicare_hit import Price, price
from edi_hit.cli.options import DAY, format_option, tables_option
from edi_hit.reference import Locality, Tables, amount_text, parse_amount


@click.command()
@click.argument("code")
@click.option("--on", type=DAY, required=True, metavar="DATE", help="Date of service (YYYY-MM-DD).")
@click.option("--locality", metavar="MAC-LOC", help="Medicare locality of the home, e.g. 10112-00.")
@click.option("--state", metavar="ST", help="State of the home, where it is one locality.")
@click.option(
    "--zip", "zip_code", metavar="ZIP", help="ZIP code of the home; needs CMS's ZIP file in --tables."
)
@click.option("--charge", metavar="AMOUNT", help="What is charged, in dollars.")
@tables_option
@format_option
def command(
    code: str,
    on: datetime,
    locality: str | None,
    state: str | None,
    zip_code: str | None,
    charge: str | None,
    tables: Tables,
    form: str,
) -> None:
    """Price one day's home infusion visit under Medicare Part B: G0068-G0070, G0088-G0090, 2021 on.

    The amount is that of a day, whatever the units; units report time only.

    \b
    Examples:
      edi-hit price G0068 --on 2025-03-05 --locality 10112-00 --charge 250
      edi-hit price G0090 --on 2025-03-05 --state AL --format json

    Exit code 4 where a table lacks the amount or factor: the message names it and how to load it.
    """
    day = on.date()
    place = _locality(locality, state, zip_code, day, tables)
    found = price(code.strip().upper(), day, place, _charge(charge), tables)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found.as_json()), indent=2).decode())
    else:
        click.echo("\n".join(_text(found)))


def _text(found: Price) -> list[str]:
    estimate = "; an estimate, not an amount CMS published" if found.rate_status == "computed" else ""
    return [
        f"{found.code} on {found.on}, locality {found.locality}: "
        f"allowed {amount_text(found.allowed)} ({found.rate_status}{estimate})",
        *(f"  {step}" for step in found.steps),
        *(f"  source: {source}" for source in found.sources),
    ]


def _locality(
    locality: str | None, state: str | None, zip_code: str | None, on: date, tables: Tables
) -> Locality:
    if locality is not None and not (state is None and zip_code is None):
        raise click.UsageError("give --locality, or --state and --zip, not both")
    try:
        if locality is not None:
            return Locality.parse(locality)
        if state is not None:
            return tables.locality_of_home(state.strip(), zip_code, on)
        if zip_code is not None:
            found = tables.locality_of_zip(zip_code, on)
            if found is None:
                raise click.UsageError("the ZIP file loaded does not have this ZIP code")
            return found
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    raise click.UsageError("give the home's --locality, --state or --zip")


def _charge(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return parse_amount(text)
    except ValueError as error:
        said = f"--charge is {error}; an amount in dollars is wanted, such as 250 or 250.00"
        raise click.UsageError(said) from error
