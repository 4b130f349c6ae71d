"""What else is billed for the days of a line: on its claim, and on other claims to the payer."""

from collections.abc import Callable, Iterable, Iterator

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
    own = (line for line in _others(context) if line.number in asked)
    return _on_its_days(context, wanted, (*map(_fact(context), own), *_elsewhere(context)))


def all_beside(context: LineContext, wanted: Wanted) -> list[ServiceFact]:
    """Give what is looked for on a day of the line, on this claim whatever becomes of it, and on others."""
    own = map(_fact(context), _others(context))
    return _on_its_days(context, wanted, (*own, *_elsewhere(context)))


def lines_beside(context: LineContext) -> Iterator[ServiceLine]:
    """Give the other lines of the claim that share a day with the line."""
    for line in _others(context):
        if _shares_a_day(context, _fact(context)(line)):
            yield line


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


def _others(context: LineContext) -> Iterator[ServiceLine]:
    for line in context.claim.lines:
        if line.number != context.line.number and line.service_dates is not None:
            yield line


def _elsewhere(context: LineContext) -> Iterator[ServiceFact]:
    payer, dates = context.claim.payer.id, context.line.service_dates
    if dates is not None:
        found = sharing_a_day(context.facts.services, dates.start, dates.end)
        yield from (fact for fact in found if fact.payer == payer)


def _fact(context: LineContext) -> Callable[[ServiceLine], ServiceFact]:
    def of(line: ServiceLine) -> ServiceFact:
        dates = line.service_dates
        return ServiceFact(
            on=dates.start if dates else context.on,
            code=line.procedure_code,
            supplier=context.supplier,
            claim=context.claim.claim_id,
            line=line.number,
            outcome=Outcome.PAID,
            through=dates.end if dates else context.on,
            payer=context.claim.payer.id,
            modifiers=line.modifiers,
        )

    return of


def _on_its_days(context: LineContext, wanted: Wanted, facts: Iterable[ServiceFact]) -> list[ServiceFact]:
    return [fact for fact in facts if wanted(fact.code) and _shares_a_day(context, fact)]


def _shares_a_day(context: LineContext, fact: ServiceFact) -> bool:
    dates = context.line.service_dates
    return dates is not None and fact.on <= dates.end and dates.start <= fact.through
