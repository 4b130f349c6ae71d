"""What earlier payers of a claim decided on a line: Loops 2320 and 2430 of the claim that comes in."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from edi_hit.benefits.engine.prior_payment import PriorPayment
from edi_hit.benefits.reason_codes import RuleCodes
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.mapping.parts import Adjustment

LATER_PAYMENT_RULES: Final = ("MSP-PAY", "COB-PAY")
"""Payment rules with which a benefit pays after another payer."""

_PATIENT: Final = "PR"
_TOLD_BEFORE: Final = ("OA", "23")
"""How a payer says what payers before it decided."""

_PLACES: Final = ("P", "S", "T")
"""SBR01 of the payers that pay first, second and third."""

_LATER_PLACES: Final = _PLACES[1:]

_STATUS: Final = {"P": "1", "S": "2", "T": "3"}


def pays_later(claim: Claim) -> bool:
    """Whether the claim says that its payer pays second or third (SBR01)."""
    return claim.subscriber.sequence in _LATER_PLACES


def status_of(claim: Claim) -> str:
    """Give CLP02 of an answered claim: processed as primary, secondary or tertiary."""
    return _STATUS[claim.subscriber.sequence]


def is_place_known(claim: Claim) -> bool:
    """Whether SBR01 says first, second or third."""
    return claim.subscriber.sequence in _PLACES


def prior_payment(claim: Claim, line: ServiceLine) -> PriorPayment | None:
    """Give what earlier payers decided on a line; None where the claim does not say it.

    It stands on the line (2430). For a claim of one line, that of the claim (2320) will do.
    """
    if line.adjudications:
        paid = sum((one.paid for one in line.adjudications), Decimal(0))
        return PriorPayment(paid, _taken_off(*(one.adjustments for one in line.adjudications)))
    decided = [other for other in claim.other_payers if other.paid is not None]
    if len(claim.lines) > 1 or not decided:
        return None
    paid = sum((other.paid for other in decided if other.paid is not None), Decimal(0))
    return PriorPayment(paid, _taken_off(*(other.adjustments for other in decided)))


def _taken_off(*adjustments: tuple[Adjustment, ...]) -> Decimal:
    """Add up what the patient does not owe; what a payer says of payers before it is counted with those."""
    several = len(adjustments) > 1
    return sum(
        (
            one.amount
            for of_payer in adjustments
            for one in of_payer
            if one.group != _PATIENT and not (several and (one.group, one.carc) == _TOLD_BEFORE)
        ),
        Decimal(0),
    )


def after_prior(
    own: Sequence[Adjustment], total: Decimal, charge: Decimal, prior: PriorPayment, codes: RuleCodes
) -> tuple[Adjustment, ...]:
    """Give the adjustments of a line that take `total` off its charge after earlier payers.

    First, under `codes`, comes all that those paid and took off: the supplier has posted it already (X12
    Requests for Interpretation 1696, 2143 and 2535). `own` is what the payer would have taken off alone: it
    stays as far as it is still needed, the patient's share first.
    """
    taken = charge - prior.left_of(charge)
    left = total - taken
    kept: dict[int, Decimal] = {}
    for at in sorted(range(len(own)), key=lambda at: own[at].group != _PATIENT):
        kept[at] = min(own[at].amount, left)
        left -= kept[at]
    first = (Adjustment(codes.group, codes.carc, taken),) if taken else ()
    return (*first, *(Adjustment(one.group, one.carc, kept[at]) for at, one in enumerate(own) if kept[at]))
