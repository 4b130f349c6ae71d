"""What earlier payers of a claim decided on a line: Loops 2320 and 2430 of the claim that comes in."""

from decimal import Decimal

import msgspec

from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.mapping.parts import Adjustment

_PATIENT = "PR"
_PLACES = ("P", "S", "T")
"""SBR01 of the payers that pay first, second and third."""

_STATUS = {"P": "1", "S": "2", "T": "3"}


class PriorPayment(msgspec.Struct, frozen=True):
    """Dollars that earlier payers paid on a line, and took off it without the patient owing them.

    What is left of the charge after both is what the patient would owe.
    """

    paid: Decimal
    taken_off: Decimal

    def left_of(self, charge: Decimal) -> Decimal:
        """Give what earlier payers left with the patient."""
        return max(charge - self.paid - self.taken_off, Decimal(0))

    def allowed_of(self, charge: Decimal) -> Decimal:
        """Give what earlier payers allowed, whatever part of it they left with the patient."""
        return max(charge - self.taken_off, Decimal(0))


def pays_later(claim: Claim) -> bool:
    """Whether the claim says that its payer pays second or third (SBR01)."""
    return claim.subscriber.sequence in _PLACES[1:]


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
    """Add up what the patient does not owe; of several payers only the first takes off the charge itself."""
    first = adjustments[0] if adjustments else ()
    return sum((one.amount for one in first if one.group != _PATIENT), Decimal(0))
