"""A decision on a claim as the claim payment of an 835 (Loops 2100 and 2110)."""

from datetime import date
from decimal import Decimal

from edi_hit.benefits.decision import ClaimDecision, LineDecision
from edi_hit.claims import Claim, InstitutionalView, ServiceLine, revenue_code_of
from edi_hit.mapping.parts import Amount, Party, Reference
from edi_hit.remits import ClaimPayment, ServicePayment

_ZERO = Decimal("0.00")
PART_B = "MB"
"""CLP06 of what Medicare Part B answers, whatever SBR09 said."""

REVENUE = "NU"
"""SVC01-1 where a line was billed by a revenue code alone."""

ALLOWED_AMOUNT = "B6"
"""AMT01 of the allowed amount of a line."""


def claim_payment(
    claim: Claim, decision: ClaimDecision, payer_claim_number: str, received_on: date | None = None
) -> ClaimPayment:
    """Give the claim payment of an answered decision (state paid or denied).

    `payer_claim_number` is CLP07; `received_on` DTM*050, left out where None.
    """
    return ClaimPayment(
        claim_id=claim.claim_id,
        status=decision.status or "1",
        charge=claim.charge,
        paid=decision.paid or _ZERO,
        patient_responsibility=decision.patient_responsibility or None,
        filing_indicator=PART_B,
        payer_claim_number=payer_claim_number,
        place_of_service=_facility(claim),
        frequency=claim.frequency,
        patient=_name_of(claim.patient_person),
        insured=_name_of(claim.subscriber.person) if claim.patient else None,
        rendering_provider=_rendering(claim),
        references=_references(claim),
        received_on=received_on,
        lines=tuple(map(_service_payment, claim.lines, decision.lines)),
    )


def _service_payment(line: ServiceLine, decision: LineDecision) -> ServicePayment:
    paid, allowed = decision.paid or _ZERO, decision.allowed or _ZERO
    units_paid = _ZERO if decision.denied else line.units
    revenue_code = revenue_code_of(line)
    by_revenue_code = not line.procedure_code
    return ServicePayment(
        procedure_qualifier=REVENUE if by_revenue_code else line.procedure_qualifier,
        procedure_code=revenue_code if by_revenue_code else line.procedure_code,
        modifiers=line.modifiers,
        revenue_code="" if by_revenue_code else revenue_code,
        charge=line.charge,
        paid=paid,
        units_paid=units_paid,
        units_submitted=line.units if units_paid != line.units else None,
        service_dates=line.service_dates,
        adjustments=decision.adjustments,
        control_number=line.control_number,
        rendering_references=_rendering_references(line),
        amounts=(Amount(ALLOWED_AMOUNT, allowed),) if allowed else (),
        remark_codes=decision.remarks,
    )


def _facility(claim: Claim) -> str:
    """CLP08: the place of service, on an institutional claim the facility type."""
    return claim.facility_type if isinstance(claim, InstitutionalView) else claim.place_of_service


def _name_of(party: Party) -> Party:
    """The NM1 of a person, without what Loop 2100 has no place for."""
    return Party(
        entity=party.entity,
        last_name=party.last_name,
        first_name=party.first_name,
        middle_name=party.middle_name,
        suffix=party.suffix,
        id_qualifier=party.id_qualifier,
        id=party.id,
    )


def _rendering(claim: Claim) -> Party | None:
    provider = claim.rendering_provider
    if provider is None or not provider.npi or provider.npi == claim.billing_provider.party.npi:
        return None
    return _name_of(provider)


def _references(claim: Claim) -> tuple[Reference, ...]:
    sent = (
        ("EA", claim.medical_record_number),
        ("G1", claim.prior_authorization),
        ("1L", claim.subscriber.group_number),
    )
    return tuple(Reference(qualifier, value) for qualifier, value in sent if value)


def _rendering_references(line: ServiceLine) -> tuple[Reference, ...]:
    provider = line.rendering_provider
    return (Reference("HPI", provider.npi),) if provider is not None and provider.npi else ()
