"""The lines of a claim as contexts, asked in an order in which what stands is what would be paid."""

from datetime import date
from decimal import Decimal

from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.inquiry import ask_line
from edi_hit.benefits.engine.line_context import ClaimContext, LineContext
from edi_hit.benefits.engine.line_verdict import LineVerdict
from edi_hit.benefits.engine.price import PricingError
from edi_hit.benefits.facts import ClaimFacts
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.rules import ReferenceDataMissing

_NOTHING = Decimal(0)


def ask_lines(
    benefit: Benefit, claim: Claim, facts: ClaimFacts, tables: Tables, settings: RunSettings
) -> tuple[LineVerdict, ...]:
    """Ask the rules of every line; gives the verdicts in the claim's order.

    Lines are asked by date, within a day by allowed amount, the highest first, then as they stand in the
    claim: a line that is denied does not stand in the way of the next.
    """
    whole = ClaimContext(claim, facts, tables, settings)
    contexts = [
        _priced(benefit, whole, line, line.service_dates.start) for line in claim.lines if line.service_dates
    ]
    verdicts: dict[int, LineVerdict] = {}
    for context in sorted(contexts, key=_precedence) if len(contexts) > 1 else contexts:
        verdict = verdicts[context.line.number] = ask_line(context, benefit.book)
        if verdict.stands and len(verdicts) < len(contexts):
            whole.standing.append(context.as_visit())
    return tuple([verdicts[context.line.number] for context in contexts])


def _precedence(context: LineContext) -> tuple[date, Decimal]:
    return (context.on, -context.price.allowed if context.price else _NOTHING)


def _priced(benefit: Benefit, whole: ClaimContext, line: ServiceLine, on: date) -> LineContext:
    """Give the line with its price, or with what stands in the way of one."""
    context = LineContext(whole, line, on)
    try:
        quoted = benefit.quote(context)
    except (ReferenceDataMissing, PricingError) as error:
        context.obstacle = error.with_traceback(None)  # its frames hold the context: a cycle
        return context
    if isinstance(quoted, PricingError):
        context.obstacle = quoted
    else:
        context.price = quoted
    return context
