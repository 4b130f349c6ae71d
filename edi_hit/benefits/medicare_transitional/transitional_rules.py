"""What differs in 2019 and 2020: contractor, supplier, drug link, categories of a day, price."""

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_met, unknown
from edi_hit.benefits.medicare_part_b.contractors import sent_to
from edi_hit.benefits.medicare_part_b.drug_rules import drug_within_window
from edi_hit.benefits.medicare_part_b.other_visits import highest_of_day
from edi_hit.benefits.medicare_transitional.own_rules import OWN
from edi_hit.benefits.supplier_facts import Enrolment
from edi_hit.profiles import SameDayCategories


@OWN.check("HIT-TRANS-MAC")
def sent_to_dme_mac(context: LineContext) -> Ruling:
    """Whether the payer is a DME MAC; unknown where the table does not have the payer id."""
    return sent_to(context, "DME_MAC")


@OWN.check("HIT-ENR-TRANS")
def pump_pharmacy(context: LineContext) -> Ruling:
    """Whether the supplier is enrolled, on the day, as a pharmacy that furnishes pumps and supplies."""
    enrolments = context.facts.supplier.enrolments if context.facts.supplier else ()
    if not enrolments:
        return unknown("no enrolment of the supplier is on file")
    pharmacy = (one.span for one in enrolments if one.kind is Enrolment.PUMP_PHARMACY)
    if any(span.holds(context.on) for span in pharmacy):
        return met(f"a pharmacy that furnishes pumps on {context.day}")
    return not_met(f"not enrolled as a pharmacy that furnishes pumps on {context.day}")


@OWN.check("HIT-DAY-HIGH-T")
def highest_category(context: LineContext) -> Ruling:
    """Whether no visit of another category is paid on the day: the law pays the highest alone."""
    return highest_of_day(context, SameDayCategories.HIGHEST)


@OWN.check("HIT-TRANS-DRUG")
def transitional_drug(context: LineContext) -> Ruling:
    """Whether the same supplier furnished a transitional drug of the visit's category near the day."""
    return drug_within_window(context)


@OWN.check("HIT-TRANS-PAY")
def priced(context: LineContext) -> Ruling:
    """Whether the national amount of the year is known."""
    if context.price is None:
        return unknown(str(context.obstacle or "no price"))
    return met(f"{context.price.fee_text} ({context.price.rate_status})")
