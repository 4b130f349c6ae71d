"""A decision on a claim as the claim payment of an 835 (Loops 2100 and 2110)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from edi_hit.adjudication.crossover import CROSSOVER_ALERT, crossover_carrier
from edi_hit.adjudication.filing_indicator import filing_indicator
from edi_hit.adjudication.interest import INTEREST_AMOUNT, interest
from edi_hit.adjudication.remittance_head import payer_identity
from edi_hit.benefits.decision import ClaimDecision, LineDecision
from edi_hit.claims import Claim, InstitutionalView, ServiceLine, revenue_code_of
from edi_hit.mapping.parts import Amount, Party, Reference
from edi_hit.profiles import RunSettings
from edi_hit.remits import ClaimPayment, ServicePayment

_ZERO = Decimal("0.00")
REVENUE = "NU"
"""SVC01-1 where a line was billed by a revenue code alone."""

ALLOWED_AMOUNT, COVERED_AMOUNT, PATIENT_PAID = "B6", "AU", "F5"
"""AMT01 of the allowed amount of a line; of what a claim covers, and of what the patient paid before."""


def claim_payment(
    claim: Claim,
    decision: ClaimDecision,
    payer_claim_number: str,
    received_on: date | None = None,
    *,
    on: date,
    settings: RunSettings,
) -> ClaimPayment:
    """Give the claim payment of an answered decision (state paid or denied), made on day `on`.

    `payer_claim_number` is CLP07; `received_on` DTM*050, left out where None. A correction of an earlier
    answer carries no interest: how late what it adds is paid is not known.
    """
    carrier = crossover_carrier(claim, decision.status)
    remarks = payer_identity(claim, settings).remarks
    paid = decision.paid or _ZERO
    late = _ZERO if decision.former else interest(paid, received_on, on, settings.remittance)
    statement = claim.statement_dates if isinstance(claim, InstitutionalView) else None
    return ClaimPayment(
        claim_id=claim.claim_id,
        status=decision.status or "1",
        charge=claim.charge,
        paid=paid,
        patient_responsibility=decision.patient_responsibility or None,
        filing_indicator=filing_indicator(claim, decision.benefit, settings),
        payer_claim_number=payer_claim_number,
        place_of_service=_facility(claim),
        frequency=claim.frequency,
        patient=_name_of(claim.patient_person),
        insured=_name_of(claim.subscriber.person) if claim.patient else None,
        rendering_provider=_rendering(claim),
        crossover_carrier=_name_of(carrier) if carrier else None,
        remark_codes=(*remarks, CROSSOVER_ALERT) if carrier else remarks,
        references=_references(claim),
        statement_from=statement.start if statement else None,
        statement_through=statement.end if statement else None,
        received_on=received_on,
        amounts=tuple(_amounts(claim, decision, late)),
        lines=tuple(_service_payments(claim, decision)),
    )


def _amounts(claim: Claim, decision: ClaimDecision, late: Decimal) -> Iterator[Amount]:
    """AMT of the claim, those that are not zero."""
    said = (
        (COVERED_AMOUNT, decision.allowed),
        (PATIENT_PAID, claim.patient_paid),
        (INTEREST_AMOUNT, late),
    )
    return (Amount(qualifier, amount) for qualifier, amount in said if amount)


def _service_payments(claim: Claim, decision: ClaimDecision) -> Iterator[ServicePayment]:
    """Lines in the claim's order, each with its decisions: several where it is paid as several procedures."""
    sent = {line.number: line for line in claim.lines}
    numbers = [line.line for line in decision.lines]
    procedures = Counter(numbers) if len(set(numbers)) < len(numbers) else {}
    for line in decision.lines:
        yield _service_payment(sent[line.line], line, procedures.get(line.line, 1) > 1)


def _service_payment(line: ServiceLine, decision: LineDecision, split: bool) -> ServicePayment:
    """Give one SVC; where another procedure is paid, SVC06 names the one billed (X12-835-10, -14).

    The procedures of a line that is split return its control number, or its LX01 where it has none.
    """
    allowed = decision.allowed or _ZERO
    revenue_code, by_revenue_code = revenue_code_of(line), not line.procedure_code
    billed = (line.procedure_code, line.modifiers)
    paid_as = (decision.paid_code, decision.paid_modifiers) if decision.paid_code else billed
    recoded = paid_as != billed
    return ServicePayment(
        procedure_qualifier=REVENUE if by_revenue_code else line.procedure_qualifier,
        procedure_code=revenue_code if by_revenue_code else paid_as[0],
        modifiers=paid_as[1],
        revenue_code="" if by_revenue_code else revenue_code,
        charge=decision.charge,
        paid=decision.paid or _ZERO,
        units_paid=_units_paid(line, decision),
        submitted_qualifier=line.procedure_qualifier if recoded else "",
        submitted_code=line.procedure_code if recoded else "",
        submitted_modifiers=line.modifiers if recoded else (),
        units_submitted=line.units if _units_paid(line, decision) != line.units else None,
        service_dates=line.service_dates,
        adjustments=decision.adjustments,
        control_number=line.control_number or (str(line.number) if split else ""),
        rendering_references=_rendering_references(line),
        amounts=(Amount(ALLOWED_AMOUNT, allowed),) if allowed else (),
        remark_codes=decision.remarks,
    )


def _units_paid(line: ServiceLine, decision: LineDecision) -> Decimal | None:
    if decision.units_paid is not None:
        return decision.units_paid
    return _ZERO if decision.denied else line.units


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
