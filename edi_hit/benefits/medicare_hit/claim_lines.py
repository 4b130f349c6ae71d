"""The lines of a claim as contexts, asked in an order in which what stands is what would be paid."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.benefits.facts import ClaimFacts, VisitFact
from edi_hit.benefits.medicare_hit.line_context import LineContext
from edi_hit.benefits.medicare_hit.line_verdict import LineVerdict, ask_line
from edi_hit.benefits.medicare_hit.pricing import Price, PricingError, home_locality, price
from edi_hit.benefits.medicare_hit.rule_book import RuleBook
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.rules import EdiHitError, ReferenceDataMissing


def ask_lines(
    claim: Claim, facts: ClaimFacts, tables: Tables, settings: RunSettings, book: RuleBook
) -> tuple[LineVerdict, ...]:
    """Ask the rules of every line; gives the verdicts in the claim's order.

    Lines are asked by date, within a day by allowed amount, the highest first, then as they stand in the
    claim: a line that is denied does not stand in the way of the next.
    """
    contexts = [
        _context(claim, line, line.service_dates.start, facts, tables, settings)
        for line in claim.lines
        if line.service_dates
    ]
    standing: list[VisitFact] = []
    verdicts: dict[int, LineVerdict] = {}
    for place in sorted(range(len(contexts)), key=lambda place: _precedence(contexts[place])):
        context = msgspec.structs.replace(contexts[place], standing=tuple(standing))
        verdicts[place] = ask_line(context, book)
        if verdicts[place].stands:
            standing.append(context.as_visit())
    return tuple(verdicts[place] for place in range(len(contexts)))


def _precedence(context: LineContext) -> tuple[date, Decimal]:
    return (context.on, -context.price.allowed if context.price else Decimal(0))


def _context(
    claim: Claim,
    line: ServiceLine,
    on: date,
    facts: ClaimFacts,
    tables: Tables,
    settings: RunSettings,
) -> LineContext:
    quoted, obstacle = _quote(claim, line, on, tables)
    return LineContext(
        claim=claim,
        line=line,
        on=on,
        code=tables.hit_code(line.procedure_code, on),
        price=quoted,
        obstacle=obstacle,
        facts=facts,
        tables=tables,
        settings=settings,
    )


def _quote(
    claim: Claim, line: ServiceLine, on: date, tables: Tables
) -> tuple[Price | None, EdiHitError | None]:
    """Price a line; where it cannot be priced, give what stands in the way."""
    try:
        locality = home_locality(claim, on, tables)
        return price(line.procedure_code, on, locality, line.charge, tables), None
    except (ReferenceDataMissing, PricingError) as error:
        return None, error
