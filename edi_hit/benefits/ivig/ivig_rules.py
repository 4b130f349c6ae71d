"""The rules of the home IVIG benefit: contractor, date, diagnosis, place, one a day, the drug, the price."""

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_met, unknown
from edi_hit.benefits.ivig.ivig_drug import IvigFit, best_ivig
from edi_hit.benefits.ivig.own_rules import OWN
from edi_hit.benefits.medicare_part_b.contractors import sent_to
from edi_hit.benefits.medicare_part_b.line_shape_rules import one_date
from edi_hit.benefits.medicare_part_b.missing_drug import hold_or_deny
from edi_hit.benefits.medicare_part_b.other_visits import NONE_LOADED, same_day, unless_paid
from edi_hit.benefits.medicare_part_b.places_of_service import place_on

_PERMANENT = "ivig_permanent"


@OWN.check("IVIG-MAC")
def sent_to_dme_mac(context: LineContext) -> Ruling:
    """Whether the payer is a DME MAC; unknown where the table does not have the payer id."""
    return sent_to(context, "DME_MAC")


@OWN.check("IVIG-DATE")
def in_the_benefit(context: LineContext) -> Ruling:
    """Whether the day falls in the benefit, not in the demonstration before it."""
    if context.code is not None and context.code.benefit == _PERMANENT:
        return met(f"{context.day} falls in the benefit")
    return not_met(f"{context.day} falls before the benefit")


@OWN.check("IVIG-DX")
def primary_immune_deficiency(context: LineContext) -> Ruling:
    """Whether a diagnosis of the claim is known to be one the benefit covers; the list is not whole."""
    for diagnosis in context.claim.diagnoses:
        known = context.tables.ivig_diagnosis(diagnosis.code)
        if known is not None:
            return met(f"diagnosis {known.icd10}: {known.description}")
    return unknown("no diagnosis is among those known to be covered; the list on file is not whole")


@OWN.check("IVIG-LINE")
def one_administration(context: LineContext) -> Ruling:
    """Whether the line is for one day."""
    return one_date(context)


@OWN.check("IVIG-POS")
def at_home(context: LineContext) -> Ruling:
    """Whether the place of service is one of the list, and that of the drug line."""
    code = context.place_of_service
    place = place_on(code, context.on)
    if place is None or not place.value.is_home:
        return not_met(f"place of service {code or 'not given'} is not one of the list")
    match = context.once(best_ivig)
    drug_place = match.drug.place_of_service if match.drug and match.fit <= IvigFit.DENIED else ""
    if drug_place and drug_place != code:
        said = f"place of service {code}, and {drug_place} on the drug line"
        return not_met(said, earlier=match.drug)
    return met(f"place of service {code}: {place.value.setting}")


@OWN.check("IVIG-ONE-DAY")
def one_a_day(context: LineContext) -> Ruling:
    """Whether no other such visit is paid on the day."""
    return unless_paid(context, same_day(context), "another administration of the day") or met(NONE_LOADED)


@OWN.check("IVIG-DRUG-30")
def drug_within_window(context: LineContext) -> Ruling:
    """Whether the same supplier's immune globulin was paid in the window (days) before the visit."""
    match = context.once(best_ivig)
    if match.fit is IvigFit.PAID:
        return met(match.detail, earlier=match.drug)
    if match.fit is IvigFit.DENIED:
        return not_met(match.detail, earlier=match.drug)
    if match.fit is IvigFit.UNANSWERED:
        return unknown(match.detail, earlier=match.drug)
    return hold_or_deny(context, match.detail, match.drug)


@OWN.check("IVIG-PAY")
def priced(context: LineContext) -> Ruling:
    """Whether the amount of the year is known."""
    if context.price is None:
        return unknown(str(context.obstacle or "no price"))
    return met(f"{context.price.fee_text} ({context.price.rate_status})")
