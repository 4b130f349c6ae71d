"""The plan of care of a day, and the answers common to all rules that ask about it."""

from collections.abc import Callable
from typing import Final

from edi_hit.benefits.care_facts import PlanOfCare
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, not_met, unknown
from edi_hit.profiles import PlanFault

_NONE_ON_FILE: Final = unknown("no plan of care of the day is on file")


def ask_plan(context: LineContext, judge: Callable[[PlanOfCare], Ruling]) -> Ruling:
    """Give what `judge` says of the plan that holds on the day, of several the one begun last.

    Where no plan is on file that is unknown; where plans are, and none holds on the day, it is not met if
    the history of the day is complete.
    """
    plans = context.plans
    if not plans:
        return _NONE_ON_FILE
    held = [plan for plan in plans if plan.span.holds(context.on)]
    if held:
        return judge(max(held, key=lambda plan: plan.span.start))
    if context.is_complete(context.on, context.on):
        return plan_fault(context, f"no plan of care on file holds on {context.day}")
    return _NONE_ON_FILE


def plan_fault(context: LineContext, detail: str) -> Ruling:
    """The plan does not satisfy a rule: the line is denied, or the claim waits, as the setting says."""
    waits = context.settings.plan_of_care is PlanFault.PEND
    return not_met(detail, outcome="pend" if waits else None)


def signed_before_claim(context: LineContext, plan: PlanOfCare) -> Ruling | None:
    """Say what is wrong or not known of the first signature; None where it stood when the claim came in.

    A plan signed on the day the claim came in is taken as signed before it.
    """
    received = context.facts.received_on
    if plan.is_signed is False:
        return plan_fault(context, "the plan of care is not signed")
    if plan.signed_on is None:
        return unknown("it is not on file when the plan of care was signed")
    if received is None:
        return unknown("the day the claim came in is not known")
    if plan.signed_on > received:
        dates = f"{plan.signed_on.isoformat()}, after the claim came in on {received.isoformat()}"
        return plan_fault(context, f"the plan of care was signed {dates}")
    return None
