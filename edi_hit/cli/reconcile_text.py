"""A comparison of remittances as lines of text for a terminal."""

from collections.abc import Iterator
from itertools import islice

from edi_hit.adjudication.reconcile import Difference, ReconcileTotals, Tally
from edi_hit.cli.finding_text import counted, shown
from edi_hit.jobs.reconcile import Reconciliation
from edi_hit.reference import amount_text

SHOWN = 200
"""Differences printed as text; CSV and JSON hold all."""


def reconcile_lines(result: Reconciliation) -> Iterator[str]:
    """Yield the differences, the first ones where there are many, and the sums."""
    for difference in islice(result, SHOWN):
        yield from _difference(difference)
    more = result.totals.differences - SHOWN
    if more > 0:
        yield f"... and {more} more differences: --format csv gives them all"
    yield from _sums(result)


def _difference(difference: Difference) -> Iterator[str]:
    line = f", line {difference.line}" if difference.line else ""
    code = f" {shown(difference.code)}" if difference.code else ""
    day = f" {difference.date}" if difference.date else ""
    at_stake = amount_text(difference.amount)
    yield f"Claim {shown(difference.claim)}{line}{code}{day}: {difference.kind}, {at_stake} at stake"
    sides = (("expected", difference.expected), ("actual", difference.actual))
    parts = [f"{name} {shown(text) or 'none'}" for name, text in sides if text is not None]
    reason = [f"reason {shown(difference.reason)}"] if difference.reason else []
    trace = [f"trace {shown(difference.trace)}"] if difference.trace else []
    yield "    " + ", ".join(parts + reason + trace)
    if difference.rule or difference.detail:
        yield "    " + ": ".join(filter(None, (difference.rule, shown(difference.detail))))
    yield f"    next: {difference.next_step}"


def _sums(result: Reconciliation) -> Iterator[str]:
    totals, ours, theirs = result.totals, result.expected.totals, result.actual.totals
    if totals.differences:
        yield ""
    yield (
        f"{counted(totals.matched, 'claim')} compared, {counted(totals.differences, 'difference')}, "
        f"{amount_text(totals.at_stake)} at stake"
    )
    yield from _tallies(totals)
    yield f"expected: {counted(ours.claims, 'claim payment')}, paid {amount_text(ours.paid)}"
    yield f"actual:   {counted(theirs.claims, 'claim payment')}, paid {amount_text(theirs.paid)}"
    for name, side in (("expected", ours), ("actual", theirs)):
        if side.provider_adjusted:
            taken = amount_text(side.provider_adjusted)
            yield f"{name} provider adjustments (PLB), not of any claim: {taken} off the payment"


def _tallies(totals: ReconcileTotals) -> Iterator[str]:
    for name, tallies in (("kind", totals.by_kind), ("reason", totals.by_reason)):
        if tallies:
            largest = sorted(tallies.items(), key=lambda item: (-item[1].amount, item[0]))
            yield f"  by {name}: " + ", ".join(_tally(shown(key) or "none", tally) for key, tally in largest)


def _tally(name: str, tally: Tally) -> str:
    return f"{name} {tally.count} ({amount_text(tally.amount)})"
