"""The order in which the payers of a claim pay (SBR01)."""

from edi_hit.claims.claim import HealthCareClaim
from edi_hit.claims.other_payer import OtherPayer

_ORDER = {code: place for place, code in enumerate("PSTABCDEFGH")}
"""SBR01, the payer that pays first foremost."""


def pays_after(sequence: str, other: str) -> bool:
    """Whether the payer in place `other` of the order (SBR01) pays after the one in place `sequence`.

    An order that is not known (U, or no code of SBR01) is after none.
    """
    return sequence in _ORDER and other in _ORDER and _ORDER[other] > _ORDER[sequence]


def next_payer(claim: HealthCareClaim) -> OtherPayer | None:
    """Give the other payer of a claim whose turn comes next; None where none is named."""
    own = claim.subscriber.sequence
    later = [one for one in claim.other_payers if one.payer is not None and pays_after(own, one.sequence)]
    return min(later, key=lambda one: _ORDER[one.sequence], default=None)
