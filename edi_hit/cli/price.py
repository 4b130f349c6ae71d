"""`edi-hit price`: the price of one visit code, with the arithmetic shown."""

from collections.abc import Iterator
from datetime import datetime

import click
import msgspec

from edi_hit.benefits.engine.price import Price
from edi_hit.benefits.engine.trace import Parameter
from edi_hit.benefits.price_trace import PriceTrace, trace
from edi_hit.cli.options import DAY, format_option, tables_option
from edi_hit.jobs.quote import quote
from edi_hit.reference import Tables, amount_text
from edi_hit.rules import in_words


@click.command()
@click.argument("code")
@click.option("--on", type=DAY, required=True, metavar="DATE", help="Date of service (YYYY-MM-DD).")
@click.option("--locality", metavar="MAC-LOC", help="Medicare locality of the home, e.g. 10112-00.")
@click.option("--state", metavar="ST", help="State of the home, where it is one locality.")
@click.option(
    "--zip", "zip_code", metavar="ZIP", help="ZIP code of the home; needs CMS's ZIP file in --tables."
)
@click.option("--charge", metavar="AMOUNT", help="What is charged, in dollars.")
@click.option(
    "--trace", "traced", is_flag=True, help="Every parameter: its dates, its source, how sure it is."
)
@tables_option
@format_option
def command(
    code: str,
    on: datetime,
    locality: str | None,
    state: str | None,
    zip_code: str | None,
    charge: str | None,
    traced: bool,
    tables: Tables,
    form: str,
) -> None:
    """Price one day's visit in the home under Medicare Part B.

    G0068-G0070 and G0088-G0090 from 2021 on by the locality of the home; G0068-G0070 of 2019 and 2020, and
    Q2052 (home IVIG), are one amount everywhere. The amount is that of a day, whatever the units.

    \b
    Examples:
      edi-hit price G0068 --on 2025-03-05 --locality 10112-00 --charge 250
      edi-hit price G0090 --on 2025-03-05 --state AL --trace
      edi-hit price G0069 --on 2020-03-05 --format json

    Exit code 4 where a table lacks the amount or factor: the message names it and how to load it.
    """
    found = quote(code, on.date(), tables, locality=locality, state=state, zip_code=zip_code, charge=charge)
    behind = trace(found, tables) if traced else None
    if form == "json":
        document = found.as_json() | (behind.as_json() if behind else {})
        click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
    else:
        click.echo("\n".join([*_text(found), *(_traced(behind) if behind else ())]))


def _text(found: Price) -> list[str]:
    estimate = "; an estimate, not an amount CMS published" if found.rate_status == "computed" else ""
    place = f", locality {found.locality}" if found.locality else ""
    return [
        f"{found.code} on {found.on}{place}: "
        f"allowed {amount_text(found.allowed)} ({found.rate_status}{estimate})",
        *(f"  {step}" for step in found.steps),
        *(f"  source: {source}" for source in found.sources),
    ]


def _traced(behind: PriceTrace) -> Iterator[str]:
    yield "  where the deductible is met:"
    for step in behind.payment.steps:
        yield f"    {step.rule}: {step.ruling.detail}"
    patient = amount_text(behind.payment.patient_responsibility)
    yield f"    paid {amount_text(behind.payment.paid)}, the patient owes {patient}"
    yield "  parameters:"
    for one in behind.parameters:
        yield f"    {one.name}: {one.value}, {_dates(one)}"
        yield f"      {in_words(one.confidence)}; source: {one.source}"


def _dates(one: Parameter) -> str:
    if one.effective_from is None:
        return "in force without dates"
    through = f"through {one.effective_through}" if one.effective_through else "on"
    return f"from {one.effective_from} {through}"
