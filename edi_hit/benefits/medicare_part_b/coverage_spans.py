"""What is on file of a beneficiary's coverage and stays on the day of a line."""

from datetime import date
from typing import Final

from edi_hit.benefits.care_facts import CoverageKind
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, unknown
from edi_hit.benefits.spans import Span

_INPATIENT: Final = CoverageKind.INPATIENT


def spans_of(context: LineContext, kind: CoverageKind) -> list[Span]:
    """Give the spans of a kind."""
    return [fact.span for fact in context.coverage if fact.kind is kind]


def holds(context: LineContext, kind: CoverageKind) -> bool:
    """Whether a span of a kind holds the day."""
    return any(span.holds(context.on) for span in spans_of(context, kind))


def inpatient_since(context: LineContext) -> date | None:
    """Give the first day of the stay the day lies in; the days of admission and discharge do not count."""
    for span in spans_of(context, _INPATIENT):
        if span.start < context.on and (span.end is None or context.on < span.end):
            return span.start
    return None


def none_on_file(context: LineContext, what: str) -> Ruling:
    """Met where the history of the day is complete, else unknown; `what` says that there is none."""
    if context.is_complete(context.on, context.on):
        return met(f"{what} on {context.day}")
    return unknown(f"{what} is on file; the history is not declared complete")
