"""Answers about the beneficiary's other visits: on this claim, on other claims, of any supplier.

Lines of one claim are asked day by day, the highest-paying first, so that what stands is what would be paid.
Only a paid visit makes a rule not met; one that is billed and not answered makes it unknown, and one that is
denied does not count.
"""

from collections.abc import Sequence
from typing import Final

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_met, unknown
from edi_hit.benefits.facts import Outcome, VisitFact
from edi_hit.profiles import SameDayCategories
from edi_hit.rules import Answer

_PER_CATEGORY: Final = SameDayCategories.PER_CATEGORY
_RETURN: Final = SameDayCategories.RETURN

NONE_LOADED: Final = "none on this claim or in the history loaded"


def unless_paid(context: LineContext, visits: Sequence[VisitFact], what: str) -> Ruling | None:
    """Not met by a paid visit, unknown by one not answered yet, else None; denied ones do not count.

    Of several visits the one nearest to the line is named.
    """
    if not visits:
        return None
    found = sorted(visits, key=lambda visit: abs(visit.on - context.on))
    paid = next((visit for visit in found if visit.outcome is Outcome.PAID), None)
    if paid:
        where = "on this claim" if paid in context.standing else "already paid"
        return not_met(f"{what}: {paid.code} on {paid.on.isoformat()}, {where}", earlier=paid)
    waiting = next((visit for visit in found if visit.outcome is Outcome.UNANSWERED), None)
    if waiting:
        said = f"{what}: {waiting.code} on {waiting.on.isoformat()}, not yet answered"
        return unknown(said, earlier=waiting)
    return None


def same_day(context: LineContext) -> list[VisitFact]:
    """Give the other home infusion visits of the day."""
    return context.once(_same_day)


def _same_day(context: LineContext) -> list[VisitFact]:
    return context.visits(context.on, context.on)


def category_of(context: LineContext, visit: VisitFact) -> int | None:
    """Give the payment category of another visit."""
    code = context.code_of(visit)
    return code.category if code else None


def highest_of_day(context: LineContext, setting: SameDayCategories) -> Ruling:
    """Whether no visit of another category is paid on the day, as the setting asks.

    `highest` pays the line with the highest allowed amount, of equal ones the first; a visit of the day
    that is already paid on another claim is not taken back, so it keeps the day. `per_category` pays each
    category. `return` returns the claim where its lines, or a paid visit, are of another category.
    """
    if setting is _PER_CATEGORY:
        return met("one payment for each category, by the setting same_day_categories")
    others = [visit for visit in same_day(context) if category_of(context, visit) != context.category]
    ruling = unless_paid(context, others, "a visit of another category")
    if setting is _RETURN:
        paid = ruling is not None and ruling.answer is Answer.NOT_MET
        if paid or _own_line_of_other_category(context):
            said = f"visits of different categories on {context.day}"
            return not_met(said, outcome="return", case="returned")
    return ruling or met(NONE_LOADED)


def _own_line_of_other_category(context: LineContext) -> bool:
    """Whether another line of the claim, whatever becomes of it, is of another category on the day."""
    for line in context.claim.lines:
        on = line.service_dates.start if line.service_dates else None
        code = context.tables.visit_code(line.procedure_code, context.on) if on == context.on else None
        if code is not None and code.category != context.category:
            return True
    return False
