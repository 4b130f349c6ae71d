"""A page of the differences between remittances and what was expected. All text is escaped."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import islice

import jinja2
import msgspec

from edi_hit.adjudication.reconcile import (
    LESS_THAN_EXPECTED,
    MORE_THAN_EXPECTED,
    Difference,
    ReconcileTotals,
)
from edi_hit.reference import amount_text
from edi_hit.rules import Finding

LISTED = 2_000
"""Differences a page lists; the CSV holds all."""


class PaidSums(msgspec.Struct, frozen=True):
    """What the claims of each side pay, in dollars."""

    expected: Decimal
    actual: Decimal


def reconcile_page(
    differences: Iterable[Difference], totals: ReconcileTotals, paid: PaidSums, findings: Iterable[Finding]
) -> Iterator[str]:
    """Yield the HTML of the page in parts; the first differences are listed, at most `LISTED`."""
    stream = _template().stream(
        differences=islice(differences, LISTED),
        totals=totals,
        paid=paid,
        findings=findings,
        more=max(totals.differences - LISTED, 0),
    )
    stream.enable_buffering(64)
    yield from stream


@cache
def _template() -> jinja2.Template:
    text = (files("edi_hit.report") / "reconcile_page.html.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters["dollars"] = amount_text
    environment.filters["side"] = _side
    return environment.from_string(text)


def _side(difference: Difference) -> str:
    """The style of a row: money that did not come, money that was not expected, or neither."""
    if difference.kind in LESS_THAN_EXPECTED:
        return "less"
    return "more" if difference.kind in MORE_THAN_EXPECTED else "other"
