"""The rules of home health claims: type of bill, HIPPS code, what may not stand on them, what is left."""

from datetime import date
from functools import cache

from edi_hit.benefits.drug_codes import is_drug_code
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met, unknown
from edi_hit.benefits.home_health.own_rules import OWN
from edi_hit.benefits.other_lines import between
from edi_hit.claims import InstitutionalView, revenue_code_of
from edi_hit.reference.layout import packaged_rows

_UNDER_PLAN, _ENDED = "32", "33"
_ENDED_ON = date(2013, 10, 1)
_FINAL_CLAIM = "329"
_HIPPS_REVENUE, _HIPPS_QUALIFIER = "0023", "HP"
_DRUG_REVENUE = "0636"
_SKILLED_NURSING = "055"


@OWN.check("HHPPS-TOB33")
def type_of_bill_in_use(context: LineContext) -> Ruling:
    """Whether the type of bill is one that is in use on the day."""
    facility = _facility(context)
    if facility == _ENDED and context.on >= _ENDED_ON:
        return not_met(f"type of bill 033x for {context.day}, from {_ENDED_ON.isoformat()} not in use")
    return met(f"type of bill 0{facility}x")


@OWN.check("HHPPS-HIPPS")
def hipps_code_there(context: LineContext) -> Ruling:
    """Whether a final claim has a line 0023 with a HIPPS code."""
    claim = context.claim
    if not isinstance(claim, InstitutionalView) or claim.bill_type != _FINAL_CLAIM:
        return not_applicable("no final claim 0329")
    for line in claim.lines:
        if line.revenue_code == _HIPPS_REVENUE and line.procedure_qualifier == _HIPPS_QUALIFIER:
            return met(f"line {line.number} carries it")
    return not_met("no line of revenue code 0023 with a HIPPS code (HP)")


@OWN.check("HHPPS-HIT-ON-UB")
def no_home_infusion_visit(context: LineContext) -> Ruling:
    """Whether the line is no visit of the home infusion benefit; before 2021 an agency billed such here."""
    if context.hcpcs not in context.tables.hit_codes():
        return met("no home infusion visit")
    code = context.tables.hit_code(context.hcpcs, context.on)
    if code is None or code.benefit != "permanent":
        return not_applicable("before the benefit such a visit went on the home health claim")
    return not_met(f"{context.hcpcs} belongs on an 837P to the A/B MAC")


@OWN.check("HHPPS-DRUG")
def no_drug(context: LineContext) -> Ruling:
    """Whether the line, under a plan of care, is no drug."""
    if _facility(context) != _UNDER_PLAN:
        return not_applicable("outside a plan of care")
    is_drug = is_drug_code(context.hcpcs, context.on, context.tables)
    if is_drug or revenue_code_of(context.line) == _DRUG_REVENUE:
        return not_met("a drug: the home health benefit excludes drugs and biologicals")
    return met("no drug")


@OWN.check("HHPPS-OLD-G")
def code_in_force(context: LineContext) -> Ruling:
    """Whether a home health visit code has not ended before the day."""
    if context.hcpcs not in _last_days():
        return not_applicable("no home health visit code of the table")
    ended = _last_days()[context.hcpcs]
    if ended is not None and ended < context.on:
        return not_met(f"{context.hcpcs} ended {ended.isoformat()}")
    return met(f"{context.hcpcs} is in force")


@OWN.check("HHPPS-NO-DOUBLE")
def not_billed_twice(context: LineContext) -> Ruling:
    """Whether a nursing line stands beside no home infusion visit of the same entity and day.

    Where it does, the visit was for both, which is right with times apart, or for the infusion alone: no
    claim says which, so the answer is unknown. Different entities each bill their own part.
    """
    if not revenue_code_of(context.line).startswith(_SKILLED_NURSING):
        return not_applicable("no skilled nursing line (055x)")
    family = context.tables.hit_codes()
    for visit in between(context.facts.visits, context.on, context.on):
        if visit.code in family and visit.supplier == context.supplier:
            said = f"{visit.code} billed for {visit.on.isoformat()} by the same entity"
            return unknown(
                f"{said}: whether the visit was for home health too is not on a claim", earlier=visit
            )
    return met("no home infusion visit of the same entity that day")


@OWN.check("HHPPS-PAY")
def left_to_the_pps(context: LineContext) -> Ruling:
    """Say that nothing is priced here."""
    return unknown(str(context.obstacle or "left to the HH PPS"))


def _facility(context: LineContext) -> str:
    return context.claim.facility_type if isinstance(context.claim, InstitutionalView) else ""


@cache
def _last_days() -> dict[str, date | None]:
    """Give the day on which each home health visit code ended, None where it has not."""
    return {
        row["hcpcs"]: date.fromisoformat(row["effective_through"]) if row["effective_through"] else None
        for row in packaged_rows("hh_gcodes")
    }
