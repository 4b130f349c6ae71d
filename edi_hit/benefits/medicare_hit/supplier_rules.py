"""Rules on who bills: a supplier enrolled as D6, accredited, and licensed where the home is.

Whatever is not on file of a supplier is unknown; rows that are on file are taken for all there are.
"""

import re
from typing import Final

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met, unknown
from edi_hit.benefits.medicare_hit.own_rules import OWN
from edi_hit.benefits.medicare_part_b.drug_match import best_drug
from edi_hit.benefits.medicare_part_b.drug_window import covered_pump
from edi_hit.benefits.supplier_facts import AccreditationFact, Enrolment, SupplierFacts

_STATE = re.compile(r"[A-Z]{2}")
_NONE_ON_FILE: Final = SupplierFacts()
_HOME_INFUSION: Final = Enrolment.HOME_INFUSION
_NOTHING = "nothing is on file of the supplier"


@OWN.check("HIT-GEN-EXPRESS")
def qualified_supplier(context: LineContext) -> Ruling:
    """Whether the supplier is one of the qualified suppliers on file."""
    if context.facts.supplier is not None:
        return met("on file among the suppliers")
    if context.facts.suppliers_complete:
        return not_met("not among the qualified suppliers, of which all are on file")
    return unknown(_NOTHING)


@OWN.check("HIT-ENR-D6")
def enrolled_as_d6(context: LineContext) -> Ruling:
    """Whether the supplier is enrolled under specialty D6 on the day."""
    enrolments = _supplier(context).enrolments
    if not enrolments:
        return unknown("no enrolment of the supplier is on file")
    if any(one.kind is _HOME_INFUSION and one.span.holds(context.on) for one in enrolments):
        return met(f"enrolled as D6 on {context.day}")
    return not_met(f"not enrolled as D6 on {context.day}")


@OWN.check("HIT-SUP-STATE")
def licensed_in_state(context: LineContext) -> Ruling:
    """Whether the supplier is licensed, on the day, in the state where the home is."""
    licences = _supplier(context).licences
    if not licences:
        return unknown("no licence of the supplier is on file")
    home = context.claim.patient_address.state if context.claim.patient_address else ""
    if not _STATE.fullmatch(home):
        return unknown("the claim does not say in which state the home is")
    if any(one.state == home and one.span.holds(context.on) for one in licences):
        return met(f"licensed in {home} on {context.day}")
    return not_met(f"not licensed in {home} on {context.day}")


@OWN.check("HIT-SUP-ACCR")
def accredited(context: LineContext) -> Ruling:
    """Whether the supplier is accredited on the day by an organization approved on it.

    An enrolment fact: where it is not known nothing follows.
    """
    held = _supplier(context).accreditations
    if not held:
        return unknown("no accreditation of the supplier is on file", outcome="information")
    on_day = [one for one in held if one.span.holds(context.on)]
    if not on_day:
        return not_met(f"not accredited on {context.day}")
    if any(_is_approved(one, context) for one in on_day):
        return met(f"accredited by an approved organization on {context.day}")
    said = "accredited; whether the organization was approved that day is not known"
    return unknown(said, outcome="information")


@OWN.check("HIT-SUP-247")
def always_there(context: LineContext) -> Ruling:
    """Whether the supplier attests to service at all hours; information only."""
    attests = _supplier(context).attests_24_7
    if attests is None:
        return unknown("no attestation of the supplier is on file")
    return met("attested") if attests else not_met("the supplier does not attest to it")


@OWN.check("HIT-ROLES")
def roles(context: LineContext) -> Ruling:
    """Say whether drug and pump come from another supplier than the visit; never a reason to deny."""
    drug = best_drug(context).drug
    named = (("drug", drug), ("pump", covered_pump(context)))
    said = [
        f"the {what} is billed by {'the same' if one.supplier == context.supplier else 'another'} supplier"
        for what, one in named
        if one is not None
    ]
    return met("; ".join(said)) if said else not_applicable("no drug or pump is on file")


def _supplier(context: LineContext) -> SupplierFacts:
    return context.facts.supplier or _NONE_ON_FILE


def _is_approved(accreditation: AccreditationFact, context: LineContext) -> bool:
    """Whether the term of the organization's approval that was seen holds the day."""
    known = context.tables.accreditor(accreditation.organization)
    if known is None or known.approved_from is None or known.approved_from > context.on:
        return False
    return known.approved_through is None or context.on <= known.approved_through
