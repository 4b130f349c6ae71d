"""The page of a run: what was decided on each claim and line, and why. All text is escaped."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import islice

import jinja2

from edi_hit.adjudication.run_totals import RunTotals
from edi_hit.benefits.decision import ClaimDecision
from edi_hit.reference import amount_text
from edi_hit.rules import Answer, RuleAnswer

LISTED = 1_000
"""Claims a report lists; `decisions.ndjson` holds all."""

_SILENT = (Answer.NOT_APPLICABLE, Answer.NOT_REACHED)


def run_report(decisions: Iterable[tuple[str, ClaimDecision]], totals: RunTotals, on: date) -> Iterator[str]:
    """Yield the HTML of the report in parts; `decisions` gives file and decision, one at a time.

    The first claims are listed, at most `LISTED`. The report names claims by CLM01 and holds no name, member
    id or birth date.
    """
    more = max(totals.claims - LISTED, 0)
    stream = _template().stream(decisions=islice(decisions, LISTED), totals=totals, on=on, more=more)
    stream.enable_buffering(64)
    yield from stream


@cache
def _template() -> jinja2.Template:
    text = (files("edi_hit.report") / "run_report.html.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters["dollars"] = _dollars
    environment.filters["telling"] = _telling
    return environment.from_string(text)


def _dollars(amount: Decimal | None) -> str:
    return "" if amount is None else amount_text(amount)


def _telling(rules: Iterable[RuleAnswer]) -> list[RuleAnswer]:
    """The answers that say something: those that apply and were reached."""
    return [rule for rule in rules if rule.answer not in _SILENT]
