"""The lines of a claim as contexts, asked in an order in which what stands is what would be paid."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.line_verdict import LineVerdict, ask_line
from edi_hit.benefits.engine.price import Price, PricingError
from edi_hit.benefits.facts import ClaimFacts, VisitFact
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.rules import EdiHitError, ReferenceDataMissing


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
    quoted, obstacle = _quote(benefit, claim, line, on, tables)
    return LineContext(
        claim=claim,
        line=line,
        on=on,
        code=tables.visit_code(line.procedure_code, on),
        price=quoted,
        obstacle=obstacle,
        facts=facts,
        tables=tables,
        settings=settings,
    )


def _quote(
    benefit: Benefit, claim: Claim, line: ServiceLine, on: date, tables: Tables
) -> tuple[Price | None, EdiHitError | None]:
    """Price a line; where it cannot be priced, give what stands in the way."""
    try:
        return benefit.quote(claim, line, on, tables), None
    except (ReferenceDataMissing, PricingError) as error:
        return None, error
