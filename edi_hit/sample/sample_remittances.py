"""Remittances for the claims of a sample file: made up, and balanced to the cent."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from edi_hit.claims import Claim, ServiceLine
from edi_hit.mapping.parts import Address, Adjustment, Contact, ContactNumber, Party
from edi_hit.reference import cents
from edi_hit.remits import ClaimPayment, Payee, Payer, Payment, ProviderAdjustment, Remittance, ServicePayment
from edi_hit.remits.balance import ZERO, payment_total
from edi_hit.sample.draw import Draw
from edi_hit.sample.sample_claims import sample_claims
from edi_hit.sample.world import setting

_PRIMARY, _SECONDARY = "1", "2"
"""CLP02: processed as primary, as secondary. A denied claim of a known patient is one of them too."""

PaidClaims = tuple[Remittance, Sequence[ClaimPayment]]


def sample_remittances(count: int, seed: int) -> Iterator[PaidClaims]:
    """Yield the remittances that answer the `count` claims `sample_claims` gives for `seed`.

    One remittance a billing provider and payer, in the order of the claims. None of them is money: BPR01 is
    I, BPR04 NON, and the trace number begins with SIM. Raises `ValueError` where either is below zero.
    """
    draw = Draw(seed)
    number = 0
    for _, claims in groupby(sample_claims(count, seed), key=lambda claim: claim.billing_provider):
        for paid in _by_payer(claims):
            number += 1
            yield _remittance(draw, paid, f"SIM{seed}-{number:08d}")


def _by_payer(claims: Iterator[Claim]) -> Iterator[list[Claim]]:
    payers: dict[str, list[Claim]] = {}
    for claim in claims:
        payers.setdefault(claim.payer.id, []).append(claim)
    yield from payers.values()


def _remittance(draw: Draw, claims: Sequence[Claim], trace: str) -> PaidClaims:
    terms, first = setting().remittance, claims[0]
    paid = [_claim_payment(draw, claim, f"{trace[3:]}{index:04d}") for index, claim in enumerate(claims)]
    interest = _interest(draw, first)
    payment = Payment(
        amount=payment_total([claim.paid for claim in paid], interest),
        trace_number=trace,
        payer_tax_id=terms.payer_tax_id,
        paid_on=setting().created_on,
        production_date=setting().created_on,
    )
    head = Remittance(payment, _payer(first.payer), _payee(first.billing_provider.party), interest)
    return head, paid


def _interest(draw: Draw, claim: Claim) -> tuple[ProviderAdjustment, ...]:
    terms = setting().remittance
    if not draw.happens(terms.interest_percent):
        return ()
    end_of_year = setting().created_on.replace(month=12, day=31)
    npi, amount = claim.billing_provider.party.npi, -draw.dollars(*terms.interest)
    return (ProviderAdjustment(npi, end_of_year, terms.interest_reason, amount),)


def _payer(party: Party) -> Payer:
    terms = setting().remittance
    return Payer(
        name=party.last_name,
        address=Address(line1=terms.line1, city=terms.city, state=terms.state, postal_code=terms.postal_code),
        contacts=(Contact("BL", terms.contact_name, (ContactNumber("UR", terms.contact_url),)),),
    )


def _payee(party: Party) -> Payee:
    return Payee(name=party.last_name, id_qualifier="XX", id=party.npi)


def _claim_payment(draw: Draw, claim: Claim, payer_claim_number: str) -> ClaimPayment:
    is_denied = not claim.other_payers and draw.happens(setting().remittance.denied_percent)
    lines = tuple(_line_payment(draw, line, is_denied) for line in claim.lines)
    shares = (a.amount for line in lines for a in line.adjustments if a.group == "PR")
    person = claim.patient_person
    return ClaimPayment(
        claim_id=claim.claim_id,
        status=_SECONDARY if claim.other_payers else _PRIMARY,
        charge=claim.charge,
        paid=sum((line.paid for line in lines), ZERO),
        patient_responsibility=sum(shares, ZERO) or None,
        filing_indicator=_paid_as(claim),
        payer_claim_number=payer_claim_number,
        place_of_service=claim.place_of_service,
        frequency=claim.frequency,
        patient=Party(
            entity="1",
            last_name=person.last_name,
            first_name=person.first_name,
            id_qualifier=person.id_qualifier,
            id=person.id,
        ),
        lines=lines,
    )


def _paid_as(claim: Claim) -> str:
    plans = {plan.id: plan.paid_as for plan in setting().health_plans}
    return plans.get(claim.payer.id, claim.subscriber.filing_indicator)


def _line_payment(draw: Draw, line: ServiceLine, is_denied: bool) -> ServicePayment:
    if is_denied:
        adjustments = [Adjustment(*setting().remittance.denial, line.charge)]
    elif line.adjudications:
        adjustments = _after_prior_payer(line)
    else:
        adjustments = _reduced(draw, line)
    return ServicePayment(
        procedure_code=line.procedure_code,
        charge=line.charge,
        paid=line.charge - sum((a.amount for a in adjustments), ZERO),
        procedure_qualifier=line.procedure_qualifier,
        modifiers=line.modifiers,
        units_paid=ZERO if is_denied else line.units,
        units_submitted=line.units if is_denied else None,
        service_dates=line.service_dates,
        adjustments=tuple(adjustments),
        control_number=line.control_number,
    )


def _reduced(draw: Draw, line: ServiceLine) -> list[Adjustment]:
    """What a first payer does: reduce the charge to what it allows, leave a share to the patient."""
    terms = setting().earlier_payer
    allowed = cents(line.charge * draw.between(*terms.allowed_percent) / 100)
    share = allowed - cents(allowed * terms.paid_percent / 100)
    amounts = ((terms.reduction, line.charge - allowed), (terms.patient_share, share))
    return [Adjustment(*codes, amount) for codes, amount in amounts if amount]


def _after_prior_payer(line: ServiceLine) -> list[Adjustment]:
    """What a second payer does: pay what the first left to the patient."""
    share = sum((a.amount for a in line.adjudications[0].adjustments if a.group == "PR"), ZERO)
    return [Adjustment(*setting().remittance.prior_payer, line.charge - share)]
