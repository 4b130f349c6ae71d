"""What else is billed for the days of a line: on its claim, and on other claims to the payer."""

from collections.abc import Callable, Iterable

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, not_met, unknown
from edi_hit.benefits.facts import Outcome, ServiceFact
from edi_hit.benefits.other_lines import sharing_a_day
from edi_hit.claims.claim import ServiceLine

NOTHING_BESIDE = "nothing of the kind on this claim or in the history loaded"
Wanted = Callable[[str], bool]
"""Whether a code is looked for."""


def standing_beside(context: LineContext, wanted: Wanted) -> list[ServiceFact]:
    """Give what is looked for on a day of the line and would be paid before it: lines of the claim that were
    asked before it and are not denied, then lines of other claims.
    """
    asked = {visit.line for visit in context.standing}
    return _beside(context, wanted, [line for line in lines_beside(context) if line.number in asked])


def all_beside(context: LineContext, wanted: Wanted) -> list[ServiceFact]:
    """Give what is looked for on a day of the line, on this claim whatever becomes of it, and on others."""
    return _beside(context, wanted, lines_beside(context))


def lines_beside(context: LineContext) -> list[ServiceLine]:
    """Give the other lines of the claim that share a day with the line."""
    return context.once(_lines_beside)


def unless_billed(found: Iterable[ServiceFact], what: str) -> Ruling | None:
    """Not met by what is billed on this claim or paid, unknown by what is not answered yet, else None."""
    listed = list(found)
    paid = next((fact for fact in listed if fact.outcome is Outcome.PAID), None)
    if paid is not None:
        return not_met(f"{what}: {paid.code} from {paid.on.isoformat()}", earlier=paid)
    waiting = next((fact for fact in listed if fact.outcome is Outcome.UNANSWERED), None)
    if waiting is not None:
        return unknown(f"{what}: {waiting.code}, not yet answered", earlier=waiting)
    return None


def _lines_beside(context: LineContext) -> list[ServiceLine]:
    mine = context.line.service_dates
    if mine is None:
        return []
    return [
        line
        for line in context.claim.lines
        if line.number != context.line.number
        and line.service_dates is not None
        and line.service_dates.start <= mine.end
        and mine.start <= line.service_dates.end
    ]


def _beside(context: LineContext, wanted: Wanted, own: Iterable[ServiceLine]) -> list[ServiceFact]:
    found = [_as_service(context, line) for line in own if wanted(line.procedure_code)]
    found += [fact for fact in context.once(_elsewhere) if wanted(fact.code)]
    return found


def _elsewhere(context: LineContext) -> list[ServiceFact]:
    """Give what is billed to the payer on other claims for a day of the line."""
    payer, dates = context.payer_id, context.line.service_dates
    if dates is None:
        return []
    found = sharing_a_day(context.facts.services, dates.start, dates.end)
    return [fact for fact in found if fact.payer == payer]


def _as_service(context: LineContext, line: ServiceLine) -> ServiceFact:
    dates = line.service_dates
    return ServiceFact(
        on=dates.start if dates else context.on,
        code=line.procedure_code,
        supplier=context.supplier,
        claim=context.claim.claim_id,
        line=line.number,
        outcome=Outcome.PAID,
        through=dates.end if dates else context.on,
        payer=context.payer_id,
        modifiers=line.modifiers,
    )
