"""Rules on what a pump claim covers: its contractor, its drug, its pump, its papers, where the patient is."""

import re
from typing import Final

from edi_hit.benefits.care_facts import CoverageKind
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met, unknown
from edi_hit.benefits.medicare_dme.own_rules import OWN
from edi_hit.benefits.medicare_dme.parameters import parameters
from edi_hit.benefits.medicare_dme.pump_items import (
    has_pump_on_file,
    is_covered_pump,
    is_drug,
    is_pump,
    is_pump_item,
    narratives,
    pumps_of_claim,
    says_owned_pump,
)
from edi_hit.benefits.medicare_part_b.coverage_spans import holds, inpatient_since, none_on_file
from edi_hit.reference import plain

_NO_CERTIFICATES: Final = parameters().no_certificates
_HOSPICE: Final = CoverageKind.HOSPICE
_DRUGS = "hit_drugs"
_NOT_LISTED = "neither"
_DME_MAC = "DME_MAC"
_IMPLANTED, _COMPOUND = "KD", "J7799"
_UNRELATED = "GW"
_NOTICE = "GA"
_UNINTERRUPTED = "K0455"
_YEAR = re.compile(r"(19|20)[0-9]{2}|[0-9]{1,2}/[0-9]{2,4}")
_STRENGTH = re.compile(r"[0-9]")
_FEWEST_WORDS = 3


@OWN.check("MCARE-SCODE")
def no_s_code(context: LineContext) -> Ruling:
    """Whether the line bears no S-code, which Medicare does not pay."""
    if context.hcpcs.startswith("S"):
        return not_met("an S-code")
    return met("no S-code")


@OWN.check("DME-JURIS")
def right_contractor(context: LineContext) -> Ruling:
    """Whether the claim goes to a DME MAC; a compound in an implanted pump goes to the A/B MAC."""
    contractor = context.tables.contractor(context.payer_id)
    if contractor is None:
        return unknown("the table of contractors does not know the payer id")
    if contractor.contractor_type != _DME_MAC:
        return not_met("pump, supplies or drug billed to another contractor than a DME MAC")
    if context.hcpcs == _COMPOUND and _IMPLANTED in context.modifiers:
        return not_met("a compound in an implanted pump (KD) belongs to the A/B MAC")
    return met("billed to a DME MAC")


@OWN.check("DME-HOSPICE")
def not_under_hospice(context: LineContext) -> Ruling:
    """Whether the patient is not under hospice, or the line says it has nothing to do with it."""
    if not holds(context, _HOSPICE):
        return none_on_file(context, "no hospice election")
    if _UNRELATED in context.modifiers:
        return met("under hospice; modifier GW")
    return not_met("under hospice, without modifier GW")


@OWN.check("DME-SNF")
def not_in_a_facility(context: LineContext) -> Ruling:
    """Whether the patient is in no hospital or skilled nursing facility; first and last day do not count."""
    since = inpatient_since(context)
    if since is not None:
        return not_met(f"in a hospital or skilled nursing facility since {since.isoformat()}")
    if context.place_of_service in parameters().facilities.codes:
        return not_met(f"place of service {context.place_of_service}")
    return none_on_file(context, "no stay")


@OWN.check("DME-OLD-HCPCS")
def code_is_valid(context: LineContext) -> Ruling:
    """Whether the drug code had not ended."""
    ended = context.tables.ended_on(context.hcpcs)
    if ended is None or context.on <= ended:
        return met("not known to have ended")
    return not_met(f"the code ended {ended.isoformat()}")


@OWN.check("DME-CMN-REJECT")
def no_certificate(context: LineContext) -> Ruling:
    """Whether no certificate of medical necessity or DIF comes with a line from 2023 on."""
    line = context.line
    if context.on < _NO_CERTIFICATES.first_day:
        return not_applicable("before the forms were given up")
    papers = [one.report_type for one in (*line.attachments, *context.claim.attachments)]
    papers += [form.code_list for form in line.forms]
    if line.equipment_certification is not None or any(one in _NO_CERTIFICATES.codes for one in papers):
        return not_met("a certificate of medical necessity or DIF (PWK*CT, CR3, LQ*UT)")
    return met("no such form")


@OWN.check("DME-NOC-NARR", codes=parameters().narrative.codes)
def described(context: LineContext) -> Ruling:
    """Whether a code not otherwise classified comes with a narrative: drug, maker, strength."""
    text = narratives(context)
    if len(text.split()) < _FEWEST_WORDS or not _STRENGTH.search(text):
        return not_met("no narrative of drug name, maker and strength (NTE)")
    return met("a narrative of several words and a figure")


@OWN.check("DME-DISPOSABLE", codes=parameters().not_pump_supplies.codes)
def no_disposable(context: LineContext) -> Ruling:
    """Whether the line is no supply of a disposable pump or of gravity."""
    return not_met("a disposable device, or a supply without an external pump")


@OWN.check("DME-DRUG-LIST")
def on_the_list(context: LineContext) -> Ruling:
    """Whether the drug is one of those covered with a pump on the day."""
    if not is_drug(context) or context.tables.pump_code(context.hcpcs) is not None:
        return not_applicable()
    rows = context.tables.hit_drug_rows(context.hcpcs, context.on)
    if any(row.benefit != _NOT_LISTED for row in rows):
        return met("on the list of drugs given through a pump")
    if not rows and not context.tables.is_checked(_DRUGS, context.on):
        return unknown("the list of drugs given through a pump is not known for the day")
    case = "notice" if _NOTICE in context.modifiers else ""
    return not_met("not on the list of drugs given through a pump", case=case)


@OWN.check("DME-JB")
def route_is_told(context: LineContext) -> Ruling:
    """Whether a drug covered by one route alone bears the modifier that says so."""
    rows = context.tables.hit_drug_rows(context.hcpcs, context.on)
    listed = [row for row in rows if row.benefit != _NOT_LISTED]
    wanted = {row.modifier_required for row in listed}
    if not listed or "" in wanted:
        return not_applicable()
    if wanted.intersection(context.modifiers):
        return met(f"modifier {', '.join(sorted(wanted))}")
    return not_met(f"covered with modifier {', '.join(sorted(wanted))} alone")


@OWN.check("DME-PUMP-LINK")
def has_pump(context: LineContext) -> Ruling:
    """Whether a covered pump stands behind a supply or drug: on the claim, on file, or owned."""
    if not is_pump_item(context) or is_pump(context.hcpcs, context):
        return not_applicable()
    if any(is_covered_pump(code, context) for code in pumps_of_claim(context)):
        return met("a covered pump on the claim")
    if has_pump_on_file(context):
        return met("a covered pump on file")
    if says_owned_pump(context):
        return met("a note of a pump the patient owns: DME-OWNED-PUMP")
    if context.is_complete(context.on, context.on):
        return not_met("no covered pump on the claim or on file, and no note of an owned one")
    return unknown("no covered pump on the claim or on file; the history is not declared complete")


@OWN.check("DME-OWNED-PUMP")
def owned_pump_is_described(context: LineContext) -> Ruling:
    """Whether a note of an owned pump names its code and about when it was obtained."""
    if not is_pump_item(context) or not says_owned_pump(context):
        return not_applicable()
    text = narratives(context)
    if any(is_pump(word.strip(".,;:"), context) for word in text.split()) and _YEAR.search(text):
        return met("a note with the pump's code and a date")
    return not_met("a note of an owned pump without its code or about when it was obtained")


@OWN.check("DME-K0455-EPO", codes=parameters().prostacyclins.codes)
def uninterrupted(context: LineContext) -> Ruling:
    """Whether a prostacyclin goes with the pump for uninterrupted infusion."""
    pumps = pumps_of_claim(context)
    if not pumps or _UNINTERRUPTED in pumps:
        return met("with K0455, or with no pump on the claim")
    return not_met("with another pump than K0455")


@OWN.check("DME-DOSE")
def dose(context: LineContext) -> Ruling:
    """Say what dose the units of a drug make; information only."""
    unit, units = context.tables.drug_unit(context.hcpcs), context.units
    quantity = None if unit is None else unit.quantity
    if unit is None or quantity is None or not units:
        return not_applicable()
    return met(
        f"{plain(units)} units of {quantity} {unit.measure} are {plain(units * quantity)} {unit.measure}"
    )
