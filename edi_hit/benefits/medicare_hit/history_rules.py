"""Rules on the beneficiary's other visits: on the same day, and in the 60 days around an initial visit.

Other visits are the claim's own lines that stand so far and the loaded history, of any supplier. Lines of
one claim are asked day by day, the highest-paying first, so that what stands is what would be paid.

HIT-DUP and the rules of the day deny what is seen on that day: they are met where nothing is. The rules on
initial visits ask that 60 days be clear: they are met only where the history is declared complete, else
unknown. Only a paid visit makes a rule not met; one that is billed and not answered makes it unknown, and
one that is denied does not count.
"""

from collections.abc import Iterable

from edi_hit.benefits.facts import Outcome, VisitFact
from edi_hit.benefits.medicare_hit.line_context import LineContext
from edi_hit.benefits.medicare_hit.parameters import in_force, parameters
from edi_hit.benefits.medicare_hit.rule_book import BOOK
from edi_hit.benefits.medicare_hit.ruling import Ruling, met, not_applicable, not_met, unknown
from edi_hit.profiles import SameDayCategories
from edi_hit.rules import Answer

_NONE_LOADED = "none on this claim or in the history loaded"


@BOOK.check("HIT-DUP")
def not_paid_before(context: LineContext) -> Ruling:
    """Whether the same supplier was paid for the same code and day on another claim."""
    same = [
        visit
        for visit in context.facts.visits
        if _same_supplier(context, visit) and visit.code == context.hcpcs and visit.on == context.on
    ]
    return _unless_paid(context, same, "the same visit of the same supplier") or met(_NONE_LOADED)


@BOOK.check("HIT-DAY-ONE")
def one_a_day(context: LineContext) -> Ruling:
    """Whether no other visit of the category is paid on the day."""
    same = [visit for visit in _same_day(context) if _category(context, visit) == context.category]
    return _unless_paid(context, same, "a visit of the same category") or met(_NONE_LOADED)


@BOOK.check("HIT-DAY-HIGH-P")
def highest_category(context: LineContext) -> Ruling:
    """Whether no visit of another category is paid on the day, as the setting asks.

    `highest` pays the line with the highest allowed amount, of equal ones the first; a visit of the day
    that is already paid on another claim is not taken back, so it keeps the day. `per_category` pays each
    category. `return` returns the claim where its lines, or a paid visit, are of another category.
    """
    setting = context.settings.same_day_categories
    if setting == SameDayCategories.PER_CATEGORY:
        return met("one payment for each category, by the setting same_day_categories")
    others = [visit for visit in _same_day(context) if _category(context, visit) != context.category]
    ruling = _unless_paid(context, others, "a visit of another category")
    seen = _own_line_of_other_category(context) or (ruling is not None and ruling.answer is Answer.NOT_MET)
    if seen and setting == SameDayCategories.RETURN:
        return not_met(f"visits of different categories on {context.on.isoformat()}", outcome="return")
    return ruling or met(_NONE_LOADED)


@BOOK.check("HIT-INIT-60")
def sixty_days_clear(context: LineContext) -> Ruling:
    """Whether an initial visit has no visit before it within the gap (days); denied ones do not count.

    A visit of the same day is the matter of HIT-DAY-ONE, HIT-DAY-HIGH-P and HIT-INIT-DUP.
    """
    if not context.is_initial:
        return not_applicable("not an initial visit")
    gap = in_force(parameters().initial_visit_gap_days, context.on)
    before = [visit for visit in context.visits if 1 <= (context.on - visit.on).days <= gap]
    ruling = _unless_paid(context, before, f"a visit within the gap of {gap} days")
    return ruling or _none_found(context, f"no visit in the {gap} days before {context.on.isoformat()}")


@BOOK.check("HIT-INIT-DUP")
def one_initial_visit(context: LineContext) -> Ruling:
    """Whether no other initial visit is paid on the day or within the gap (days) after it.

    One before it is the matter of HIT-INIT-60.
    """
    if not context.is_initial:
        return not_applicable("not an initial visit")
    gap = in_force(parameters().initial_visit_gap_days, context.on)
    near = [
        visit
        for visit in context.visits
        if 0 <= (visit.on - context.on).days <= gap and _is_initial(context, visit)
    ]
    ruling = _unless_paid(context, near, "another initial visit")
    return ruling or _none_found(context, f"no other initial visit that day or in the {gap} days after")


def _unless_paid(context: LineContext, visits: Iterable[VisitFact], what: str) -> Ruling | None:
    """Not met by a paid visit, unknown by one not answered yet, else None; denied ones do not count.

    Of several visits the one nearest to the line is named.
    """
    found = sorted(visits, key=lambda visit: abs(visit.on - context.on))
    paid = next((visit for visit in found if visit.outcome is Outcome.PAID), None)
    if paid:
        where = "on this claim" if paid in context.standing else "already paid"
        return not_met(f"{what}: {paid.code} on {paid.on.isoformat()}, {where}")
    waiting = next((visit for visit in found if visit.outcome is Outcome.UNANSWERED), None)
    if waiting:
        return unknown(f"{what}: {waiting.code} on {waiting.on.isoformat()}, not yet answered")
    return None


def _same_supplier(context: LineContext, visit: VisitFact) -> bool:
    """Whether the visit is of the claim's supplier; suppliers that nothing identifies are never the same."""
    return bool(context.supplier) and visit.supplier == context.supplier


def _none_found(context: LineContext, detail: str) -> Ruling:
    if context.facts.complete:
        return met(detail)
    return unknown(f"{detail} is loaded; the history is not declared complete")


def _same_day(context: LineContext) -> list[VisitFact]:
    return [visit for visit in context.visits if visit.on == context.on]


def _category(context: LineContext, visit: VisitFact) -> int | None:
    code = context.code_of(visit)
    return code.category if code else None


def _is_initial(context: LineContext, visit: VisitFact) -> bool:
    code = context.code_of(visit)
    return code is not None and code.visit_type == "initial"


def _own_line_of_other_category(context: LineContext) -> bool:
    """Whether another line of the claim, whatever becomes of it, is of another category on the day."""
    for line in context.claim.lines:
        on = line.service_dates.start if line.service_dates else None
        code = context.tables.hit_code(line.procedure_code, on) if on == context.on else None
        if code is not None and code.category != context.category:
            return True
    return False
