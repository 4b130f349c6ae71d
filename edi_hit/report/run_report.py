"""The page of a run: what was decided on each claim and line, and why. All text is escaped."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from edi_hit.adjudication.run_totals import RunTotals
from edi_hit.benefits.decision import ClaimDecision
from edi_hit.report.templates import environment

LISTED = 1_000
"""Claims a report lists; `decisions.ndjson` holds all."""


def run_report(
    decisions: Iterable[tuple[str, ClaimDecision]],
    totals: RunTotals,
    on: date,
    reanswered: int = 0,
    people_to_reopen: int = 0,
) -> Iterator[str]:
    """Yield the HTML of the report in parts; `decisions` gives file and decision, one at a time.

    Behind those of the run come the earlier answers that were given again, `reanswered` in number, as
    reanswered.ndjson has them; `people_to_reopen` are those of whom others may rest on what was taken back.
    The first claims are listed, at most `LISTED`. The report names claims by CLM01 and holds no name, member
    id or birth date.
    """
    more = max(totals.claims + reanswered - LISTED, 0)
    again = {"reanswered": reanswered, "people_to_reopen": people_to_reopen}
    stream = (
        environment()
        .get_template("run_report.html.j2")
        .stream(decisions=islice(decisions, LISTED), totals=totals, on=on, more=more, **again)
    )
    stream.enable_buffering(64)
    yield from stream
