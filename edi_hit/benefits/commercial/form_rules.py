"""Rules on the claim as such: its contract, its form, its spans, its place, its authorization."""

from datetime import date
from typing import Final

from edi_hit.benefits.care_facts import CoverageKind
from edi_hit.benefits.commercial.billed_codes import is_drug, is_nursing, is_per_diem
from edi_hit.benefits.commercial.contract_lookup import contract_of, no_contract
from edi_hit.benefits.commercial.own_rules import OWN
from edi_hit.benefits.days import shifted
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met, unknown
from edi_hit.benefits.facts import ClaimForm, Earlier
from edi_hit.benefits.other_lines import sharing_a_day

_INPATIENT: Final = CoverageKind.INPATIENT
_INSTITUTIONAL: Final = ClaimForm.INSTITUTIONAL
_NOT_IN_CONTRACT: Final = not_applicable("the contract does not ask it")
_REPLACES = ("7", "8")
_SUITE = "SS"
_SUITE_PLACE = "49"
_AUTHORIZATION = "G1"


@OWN.check("COMM-FREQ")
def original_claim(context: LineContext) -> Ruling:
    """Whether the claim is an original one, or takes the place of one that was answered.

    A claim that names a wrong one is sent back.
    """
    if context.claim.frequency == "1":
        return met("original claim")
    if context.claim.frequency not in _REPLACES:
        return not_met("the frequency is none of 1 (original), 7 (replacement), 8 (void)", outcome="route")
    earlier = context.facts.earlier
    if earlier is Earlier.KNOWN:
        return met("takes the place of the claim it names (REF*F8), whose answer is taken back")
    if earlier is Earlier.WRONG:
        said = "the claim it names (REF*F8) is of another patient, supplier or payer, was replaced before"
        return not_met(f"{said}, or came in after it")
    said = "a replacement or void; the ledger holds no answer to the claim it names (REF*F8)"
    return not_met(said, outcome="route")


@OWN.check("COMM-CONTRACT")
def has_contract(context: LineContext) -> Ruling:
    """Whether a contract of the payer is in force on the day."""
    contract = contract_of(context)
    if contract is None:
        return unknown(str(no_contract(context)))
    return met(f"days counted by {contract.per_diem_basis}")


@OWN.check("COMM-837P")
def wanted_form(context: LineContext) -> Ruling:
    """Whether the contract takes the claim's form."""
    contract, form = contract_of(context), context.facts.form
    if contract is None or form.value in contract.forms:
        return met(f"billed on the {form}")
    return not_met(f"billed on the {form}, which the contract does not take")


@OWN.check("COMM-NURSE-AGENCY")
def nursing_form(context: LineContext) -> Ruling:
    """Whether the contract takes nursing on the claim's form."""
    contract, form = contract_of(context), context.facts.form
    if contract is None or not is_nursing(context.hcpcs, context.tables):
        return not_applicable()
    if form.value in contract.nursing_forms:
        return met(f"nursing on the {form}")
    return not_met(f"nursing is billed on the {form}; the contract wants it on the agency's own claim")


@OWN.check("COMM-NPI")
def own_npi(context: LineContext) -> Ruling:
    """Whether the supplier bills under its own number, not under that of a home health agency."""
    contract = contract_of(context)
    agencies = contract.home_health_agency_npis if contract else ()
    if not agencies:
        return not_applicable("the contract names no home health agency")
    if context.claim.billing_provider.party.npi in agencies:
        return not_met("billed under the number of a home health agency of the contract")
    return met("not the number of a home health agency of the contract")


@OWN.check("COMM-AUTH")
def authorized(context: LineContext) -> Ruling:
    """Whether an authorization number is sent where the contract wants one."""
    contract = contract_of(context)
    if contract is None or not contract.authorization_required:
        return not_applicable("the contract wants none")
    on_line = any(one.qualifier == _AUTHORIZATION for one in context.line.prior_authorizations)
    if context.claim.prior_authorization or on_line:
        return met("an authorization number is sent")
    return not_met("no authorization number (REF*G1)")


@OWN.check("COMM-SPAN-MONTH")
def within_a_month(context: LineContext) -> Ruling:
    """Whether the line stays within a calendar month where the contract wants that."""
    contract = contract_of(context)
    if contract is None or not contract.span_within_month:
        return _NOT_IN_CONTRACT
    first, last = _days(context)
    if (first.year, first.month) == (last.year, last.month):
        return met("within a calendar month")
    return not_met("the line crosses a calendar month")


@OWN.check("COMM-SPAN-7D")
def within_the_longest_span(context: LineContext) -> Ruling:
    """Whether the line is no longer than the contract allows."""
    contract = contract_of(context)
    if contract is None or contract.max_span_days is None:
        return _NOT_IN_CONTRACT
    first, last = _days(context)
    days = (last - first).days + 1
    said = f"{days} days, at most {contract.max_span_days}"
    return met(said) if days <= contract.max_span_days else not_met(said)


@OWN.check("COMM-SPAN-YEAR")
def within_a_year(context: LineContext) -> Ruling:
    """Whether all lines of the claim are of one calendar year."""
    contract = contract_of(context)
    if contract is None or not contract.claim_within_year:
        return _NOT_IN_CONTRACT
    dates = [line.service_dates for line in context.claim.lines if line.service_dates]
    years = {day.year for period in dates for day in (period.start, period.end)}
    if len(years) == 1:
        return met("one calendar year")
    return not_met("the claim crosses calendar years")


@OWN.check("COMM-POS")
def at_the_place(context: LineContext) -> Ruling:
    """Whether a per diem is for a place the contract names: a home, or with SS a suite."""
    contract = contract_of(context)
    if contract is None or context.facts.form is _INSTITUTIONAL:
        return not_applicable("an 837I names no place of service")
    if not is_per_diem(context.hcpcs, context.tables):
        return not_applicable()
    suite = _SUITE in context.modifiers
    places = contract.suite_places if suite else contract.home_places
    said = f"{'with' if suite else 'without'} modifier SS, "
    if context.place_of_service in places:
        return met(said + f"at place {context.place_of_service}")
    return not_met(said + f"not at a place of the contract ({', '.join(places)})")


@OWN.check("COMM-SS-SUITE")
def suite_says_so(context: LineContext) -> Ruling:
    """Whether a per diem given in a suite bears SS."""
    if context.place_of_service != _SUITE_PLACE or not is_per_diem(context.hcpcs, context.tables):
        return not_applicable()
    if _SUITE in context.modifiers:
        return met("modifier SS")
    return not_met("place 49 without modifier SS")


@OWN.check("COMM-INPATIENT")
def not_inpatient(context: LineContext) -> Ruling:
    """Whether no day of a per diem lies in a stay; the days of admission and discharge do not count."""
    contract = contract_of(context)
    if contract is None or contract.pays_inpatient_days or not is_per_diem(context.hcpcs, context.tables):
        return not_applicable()
    first, last = _days(context)
    stays = [fact.span for fact in context.coverage if fact.kind is _INPATIENT]
    for stay in stays:
        before_discharge = last if stay.end is None else min(last, shifted(stay.end, -1))
        if max(first, shifted(stay.start, 1)) <= before_discharge:
            return not_met(f"an inpatient from {stay.start.isoformat()}")
    if context.is_complete(first, last):
        return met("no inpatient stay on these days")
    return unknown("no inpatient stay is on file; the history is not declared complete")


@OWN.check("COMM-ONE-CLAIM")
def one_claim(context: LineContext) -> Ruling:
    """Whether per diem, drug and nursing of the days are on one claim, where the contract wants that."""
    contract = contract_of(context)
    if contract is None or not contract.one_claim:
        return _NOT_IN_CONTRACT
    first, last = _days(context)
    payer = context.payer_id
    apart = [fact for fact in sharing_a_day(context.facts.services, first, last) if fact.payer == payer]
    if apart:
        return not_met(f"{apart[0].code} of these days is on another claim", earlier=apart[0])
    return met("nothing of these days is known on another claim")


@OWN.check("COMM-DRUG-SEPARATE")
def drug_is_billed(context: LineContext) -> Ruling:
    """Whether a per diem has a drug line beside it, where the drug is billed on this claim."""
    contract = contract_of(context)
    if contract is None or not contract.drugs_on_this_claim:
        return not_applicable("the drug is not billed on this claim")
    if not is_per_diem(context.hcpcs, context.tables):
        return not_applicable()
    if any(is_drug(line, context.tables) for line in context.claim.lines):
        return met("a drug is billed on the claim")
    return not_met("no drug is billed on the claim")


def _days(context: LineContext) -> tuple[date, date]:
    """Give the first and the last day of the line."""
    dates = context.line.service_dates
    return context.on, dates.end if dates else context.on
