"""Rules on the care behind a visit: a signed plan of care, and a professional in the home."""

from edi_hit.benefits.care_facts import PlanOfCare, VisitRecord
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met
from edi_hit.benefits.medicare_part_b.plan_on_file import ask_plan, signed_before_claim
from edi_hit.benefits.medicare_part_b.shared_rules import SHARED


@SHARED.check("HIT-POC")
def under_a_signed_plan(context: LineContext) -> Ruling:
    """Whether a plan of care of the day was signed before the claim came in."""

    def judge(plan: PlanOfCare) -> Ruling:
        fault = signed_before_claim(context, plan)
        return fault or met(f"signed {plan.signed_on.isoformat() if plan.signed_on else ''}")

    return ask_plan(context, judge)


@SHARED.check("HIT-AUTH")
def no_authorization_needed(context: LineContext) -> Ruling:
    """Say that no prior authorization is asked for; information only."""
    return met("none is required")


@SHARED.check("HIT-PRESENCE")
def professional_in_the_home(context: LineContext) -> Ruling:
    """Whether the record of the visit says that a professional came, on a day the drug ran."""
    record = record_of_day(context)
    if record is None:
        return not_applicable("a claim does not show it, and no record of the visit is on file")
    if not record.in_home:
        return not_met("the record shows no professional in the home that day")
    if not record.drug_given:
        return not_met("the record shows no drug given that day")
    return met("the record shows a professional in the home and the drug given")


def record_of_day(context: LineContext) -> VisitRecord | None:
    """Give the record of the visit, where one is on file."""
    return next((record for record in context.facts.visit_records if record.on == context.on), None)
