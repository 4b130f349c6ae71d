"""Rules on what the plan of care must say and when it must be signed and reviewed (s.320.4, 320.5)."""

from collections.abc import Iterable, Mapping
from datetime import date

from edi_hit.benefits.care_facts import PlanOfCare
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_met, unknown
from edi_hit.benefits.medicare_hit.own_rules import OWN
from edi_hit.benefits.medicare_part_b.plan_on_file import ask_plan, plan_fault, signed_before_claim


@OWN.check("HIT-APPL-PROV")
def applicable_provider(context: LineContext) -> Ruling:
    """Whether the plan names the physician, nurse practitioner or assistant who cares for the patient."""

    def judge(plan: PlanOfCare) -> Ruling:
        return _stated(context, {"applicable provider": plan.applicable_provider})

    return ask_plan(context, judge)


@OWN.check("HIT-POC-A-TYPE")
def content(context: LineContext) -> Ruling:
    """Whether the plan states type, amount and duration, the medication, its dose and frequency."""

    def judge(plan: PlanOfCare) -> Ruling:
        return _stated(
            context,
            {
                "type": plan.therapy_type,
                "amount": plan.amount,
                "duration": plan.duration,
                "medication": plan.drug,
                "dose": plan.dose,
                "frequency of the medication": plan.frequency,
            },
        )

    return ask_plan(context, judge)


@OWN.check("HIT-POC-B-ORDERS")
def orders(context: LineContext) -> Ruling:
    """Whether the orders state how often visits are made, and by which discipline."""

    def judge(plan: PlanOfCare) -> Ruling:
        return _stated(context, {"frequency of visits": plan.visit_frequency, "discipline": plan.discipline})

    return ask_plan(context, judge)


@OWN.check("HIT-POC-C-SIGN")
def signed(context: LineContext) -> Ruling:
    """Whether the plan was signed before the claim came in, and again after its last change before that."""

    def judge(plan: PlanOfCare) -> Ruling:
        return signed_before_claim(context, plan) or _signed_after_change(context, plan)

    return ask_plan(context, judge)


def _signed_after_change(context: LineContext, plan: PlanOfCare) -> Ruling:
    received, changed, again = context.facts.received_on, plan.changed_on, plan.re_signed_on
    if changed is None or (received is not None and changed > received):
        return met("signed, and no change since is on file")
    last = max(day for day in (plan.signed_on, again) if day is not None)
    if last < changed:
        return plan_fault(context, f"the plan was changed {changed.isoformat()} without a new signature")
    if received is not None and last > received:
        said = f"the change of {changed.isoformat()} was signed {last.isoformat()}, after the claim came in"
        return plan_fault(context, said)
    return met(f"the change of {changed.isoformat()} was signed {last.isoformat()}")


@OWN.check("HIT-POC-D-REVIEW")
def reviewed(context: LineContext) -> Ruling:
    """Whether the plan was established or reviewed within the interval (days) the settings give."""
    interval = context.settings.plan_review_days
    if interval is None:
        return unknown("no interval is set (plan_review_days)")

    def judge(plan: PlanOfCare) -> Ruling:
        last = max(_looked_at(plan, context.on), default=None)
        if last is not None and (context.on - last).days <= interval:
            return met(f"established or reviewed {last.isoformat()}")
        if plan.reviewed_on is None:
            return unknown("it is not on file when the plan was reviewed")
        return plan_fault(context, f"not reviewed in the {interval} days before {context.day}")

    return ask_plan(context, judge)


def _looked_at(plan: PlanOfCare, through: date) -> Iterable[date]:
    """The days through `through` on which a physician established or reviewed the plan."""
    days = (plan.signed_on, plan.re_signed_on, *(plan.reviewed_on or ()))
    return (day for day in days if day is not None and day <= through)


@OWN.check("HIT-POC-NOTICE")
def options_notified(context: LineContext) -> Ruling:
    """Whether the infusion options were discussed before the plan began; a warning where not."""

    def judge(plan: PlanOfCare) -> Ruling:
        day = plan.options_notified_on
        if day is None:
            return unknown("no note on the options is on file")
        if day > plan.span.start:
            return not_met(f"the options were discussed {day.isoformat()}, after the plan began")
        return met(f"the options were discussed {day.isoformat()}")

    return ask_plan(context, judge)


@OWN.check("HIT-POC-COVERS")
def covers_visit(context: LineContext) -> Ruling:
    """Whether the plan orders visits of the category billed."""

    def judge(plan: PlanOfCare) -> Ruling:
        if plan.services is None:
            return unknown("it is not on file which visits the plan orders")
        ordered = {_category(context, service) for service in plan.services} - {None}
        if context.category in ordered:
            return met(f"the plan orders visits of category {context.category}")
        return plan_fault(context, f"the plan orders no visit of category {context.category}")

    return ask_plan(context, judge)


def _category(context: LineContext, service: str) -> int | None:
    code = context.tables.visit_code(service, context.on)
    return code.category if code else None


def _stated(context: LineContext, parts: Mapping[str, str | None]) -> Ruling:
    """Not met where a part is known to be missing, unknown where one is not on file."""
    lacking = [name for name, text in parts.items() if text is not None and not text.strip()]
    if lacking:
        return plan_fault(context, f"the plan of care does not state: {', '.join(lacking)}")
    absent = [name for name, text in parts.items() if text is None]
    if absent:
        return unknown(f"not on file of the plan of care: {', '.join(absent)}")
    return met(f"the plan of care states: {', '.join(parts)}")
