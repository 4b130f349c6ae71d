"""`edi-hit status`: each claim that was sent, from sent to accepted to paid."""

from collections.abc import Iterator
from datetime import date

import click
import msgspec

from edi_hit.cli.finding_text import counted, shown
from edi_hit.cli.ledger_option import address_option
from edi_hit.cli.options import as_of_option, format_option
from edi_hit.ledger import (
    ClaimEvent,
    Ledger,
    SentClaim,
    StateCount,
    claims_called,
    claims_without_answer,
    open_ledger,
    state_counts,
)
from edi_hit.reference import amount_text


class ClaimStory(msgspec.Struct, frozen=True):
    """A claim that was sent, and every answer to it in order."""

    claim: SentClaim
    events: list[ClaimEvent]


class Status(msgspec.Struct, frozen=True):
    """What became of the claims sent: counts by state; those without news for `days`; claims asked for."""

    states: list[StateCount]
    days: int
    without_answer: list[SentClaim]
    claims: list[ClaimStory]


@click.command()
@click.argument("claim_ids", nargs=-1, metavar="[CLAIM]...")
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=30,
    show_default=True,
    metavar="N",
    help="List claims without news for at least N days.",
)
@address_option
@format_option
@as_of_option
@click.pass_context
def command(
    context: click.Context, claim_ids: tuple[str, ...], days: int, address: str, form: str, as_of: date
) -> None:
    """Show what became of claims that were sent: counts by state, and those that have had no answer.

    CLAIM (CLM01) asks for the story of a claim: when it was sent, and every answer to it.

    States: sent; acknowledged (999); accepted (277CA); rejected (TA1, 999 or 277CA); paid, denied or reversed
    (835).

    \b
    Examples:
      edi-hit status --ledger history.db --days 14
      edi-hit status A-1001 --ledger history.db

    Exit code 0; 1 where a claim asked for was never sent.
    """
    with open_ledger(address) as ledger:
        found = _status(ledger, claim_ids, days, as_of)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        click.echo("\n".join(_story_lines(found, claim_ids) if claim_ids else _lines(found)))
    context.exit(int(not {story.claim.claim for story in found.claims} >= set(claim_ids)))


def _status(ledger: Ledger, claim_ids: tuple[str, ...], days: int, on: date) -> Status:
    with ledger.reading() as connection:
        return Status(
            states=state_counts(connection),
            days=days,
            without_answer=[] if claim_ids else list(claims_without_answer(connection, on, days)),
            claims=[
                ClaimStory(claim, events)
                for claim_id in claim_ids
                for claim, events in claims_called(connection, claim_id)
            ],
        )


def _lines(found: Status) -> Iterator[str]:
    for state in found.states:
        yield f"{state.state:14}{state.claims:10}{amount_text(state.charge):>16}"
    if not found.states:
        yield "no claim was sent"
    if found.without_answer:
        yield f"no news for {counted(found.days, 'day')} or more:"
    for claim in found.without_answer:
        yield f"  {_claim(claim)}"


def _story_lines(found: Status, claim_ids: tuple[str, ...]) -> Iterator[str]:
    for story in found.claims:
        yield _claim(story.claim)
        for event in story.events:
            paid = f" {amount_text(event.paid)}" if event.paid is not None else ""
            number = f", payer's number {shown(event.payer_claim_number)}" if event.payer_claim_number else ""
            yield f"  {event.on}  {event.answer:6}{event.state}{paid} ({shown(event.codes)}){number}"
    sent = {story.claim.claim for story in found.claims}
    yield from (f"{shown(claim_id)}: never sent" for claim_id in claim_ids if claim_id not in sent)


def _claim(claim: SentClaim) -> str:
    return (
        f"{shown(claim.claim)}  {amount_text(claim.charge)}  {claim.partner}, sent {claim.sent_on} as"
        f" {claim.file}: {claim.state} since {claim.state_on}"
    )
