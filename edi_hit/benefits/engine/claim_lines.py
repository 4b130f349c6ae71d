"""The lines of a claim as contexts, asked in an order in which what stands is what would be paid."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.line_verdict import LineVerdict, ask_line
from edi_hit.benefits.engine.price import PricingError
from edi_hit.benefits.facts import ClaimFacts, VisitFact
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.rules import ReferenceDataMissing


def ask_lines(
    benefit: Benefit, claim: Claim, facts: ClaimFacts, tables: Tables, settings: RunSettings
) -> tuple[LineVerdict, ...]:
    """Ask the rules of every line; gives the verdicts in the claim's order.

    Lines are asked by date, within a day by allowed amount, the highest first, then as they stand in the
    claim: a line that is denied does not stand in the way of the next.
    """
    contexts = [
        _context(benefit, claim, line, line.service_dates.start, facts, tables, settings)
        for line in claim.lines
        if line.service_dates
    ]
    standing: list[VisitFact] = []
    verdicts: dict[int, LineVerdict] = {}
    for place in sorted(range(len(contexts)), key=lambda place: _precedence(contexts[place])):
        context = msgspec.structs.replace(contexts[place], standing=tuple(standing))
        verdicts[place] = ask_line(context, benefit.book)
        if verdicts[place].stands:
            standing.append(context.as_visit())
    return tuple(verdicts[place] for place in range(len(contexts)))


def _precedence(context: LineContext) -> tuple[date, Decimal]:
    return (context.on, -context.price.allowed if context.price else Decimal(0))


def _context(
    benefit: Benefit,
    claim: Claim,
    line: ServiceLine,
    on: date,
    facts: ClaimFacts,
    tables: Tables,
    settings: RunSettings,
) -> LineContext:
    """Give the line with its price, or with what stands in the way of one."""
    context = LineContext(
        claim=claim,
        line=line,
        on=on,
        code=tables.visit_code(line.procedure_code, on),
        facts=facts,
        tables=tables,
        settings=settings,
    )
    try:
        return msgspec.structs.replace(context, price=benefit.quote(context))
    except (ReferenceDataMissing, PricingError) as error:
        return msgspec.structs.replace(context, obstacle=error)
