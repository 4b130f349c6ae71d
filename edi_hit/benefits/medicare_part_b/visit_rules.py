"""Rules on other visits of the day: the same visit again, and another one of its category.

They deny what is seen on that day: they are met where nothing is.
"""

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met
from edi_hit.benefits.facts import VisitFact
from edi_hit.benefits.medicare_part_b.other_visits import NONE_LOADED, category_of, same_day, unless_paid
from edi_hit.benefits.medicare_part_b.shared_rules import SHARED
from edi_hit.benefits.other_lines import between


@SHARED.check("HIT-DUP")
def not_paid_before(context: LineContext) -> Ruling:
    """Whether the same supplier was paid for the same code and day on another claim."""
    same = [
        visit
        for visit in between(context.facts.visits, context.on, context.on)
        if visit.code == context.hcpcs and _same_supplier(context, visit)
    ]
    return unless_paid(context, same, "the same visit of the same supplier") or met(NONE_LOADED)


@SHARED.check("HIT-DAY-ONE")
def one_a_day(context: LineContext) -> Ruling:
    """Whether no other visit of the category is paid on the day."""
    same = [visit for visit in same_day(context) if category_of(context, visit) == context.category]
    return unless_paid(context, same, "a visit of the same category") or met(NONE_LOADED)


def _same_supplier(context: LineContext, visit: VisitFact) -> bool:
    """Whether the visit is of the claim's supplier; suppliers that nothing identifies are never the same."""
    return bool(context.supplier) and visit.supplier == context.supplier
