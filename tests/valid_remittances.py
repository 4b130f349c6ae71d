"""Strategies for remittances that balance: by declaration and guide, then made consistent."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace
from valid_structures import Builder

from edi_hit.guides import guide
from edi_hit.mapping.parts import Adjustment
from edi_hit.remits import ClaimGroup, ClaimPayment, ProviderAdjustment, Remittance, ServicePayment
from edi_hit.remits.balance import adjusted, payment_total
from edi_hit.remits.mapping_835 import CLAIM_GROUP, CLAIM_PAYMENT, REMITTANCE

ZERO = Decimal(0)
_DENIED, _NOTIFICATION, _REMITTANCE_ONLY = "4", "H", "I"
RemittanceWithClaims = tuple[Remittance, list[ClaimPayment]]


@st.composite
def valid_remittances(draw: Any) -> RemittanceWithClaims:
    """A remittance and its claim payments, in one group or two."""
    builder = Builder(draw)
    root = guide("835").root
    above = root.loop("2000")
    remittance = builder.built(REMITTANCE, root)
    payments = []
    for number in range(1, builder.how_many(1, 2) + 1):
        group: ClaimGroup = replace(builder.built(CLAIM_GROUP, above), number=str(number))
        for _ in range(builder.how_many(1, 2)):
            payment = builder.built(CLAIM_PAYMENT, above.loop("2100"), group=group)
            payments.append(_balanced(payment))
    return _paid(remittance, payments), payments


def _balanced(claim: ClaimPayment) -> ClaimPayment:
    """A claim payment whose amounts make each other up; a reversal takes all of it back."""
    lines = claim.lines
    charge = sum((line.charge for line in lines), ZERO) if lines else claim.charge
    if claim.is_reversal:
        charge, lines = -charge, tuple(_negated(line) for line in lines)
    lines = tuple(replace(line, paid=line.charge - adjusted(line.adjustments)) for line in lines)
    paid = charge - adjusted(claim.adjustments) - sum((adjusted(line.adjustments) for line in lines), ZERO)
    adjustments = claim.adjustments
    if claim.status == _DENIED and paid:
        denied = Adjustment("CO", "97", paid)
        adjustments, paid = tuple(sorted((denied, *adjustments), key=lambda a: a.group)), ZERO
    every = [*adjustments, *(item for line in lines for item in line.adjustments)]
    owed = adjusted(item for item in every if item.group == "PR")
    return replace(
        claim, charge=charge, paid=paid, lines=lines, adjustments=adjustments, patient_responsibility=owed
    )


def _negated(line: ServicePayment) -> ServicePayment:
    adjustments = tuple(replace(item, amount=-item.amount) for item in line.adjustments)
    return replace(line, charge=-line.charge, adjustments=adjustments)


def _paid(remittance: Remittance, claims: list[ClaimPayment]) -> Remittance:
    """The remittance with what it pays for `claims`; a provider who owes more has it carried forward."""
    adjustments = remittance.provider_adjustments
    amount = payment_total((claim.paid for claim in claims), adjustments)
    if amount < ZERO and adjustments:
        last = adjustments[-1]
        adjustments, amount = (*adjustments[:-1], replace(last, amount=last.amount + amount)), ZERO
    elif amount < ZERO:
        year_end = remittance.payment.paid_on
        adjustments, amount = (ProviderAdjustment("P1", year_end, "FB", amount),), ZERO
    handling = remittance.payment.handling
    handling = _REMITTANCE_ONLY if handling == _NOTIFICATION and amount else handling
    payment = replace(remittance.payment, amount=amount, handling=handling)
    return replace(remittance, payment=payment, provider_adjustments=adjustments)
