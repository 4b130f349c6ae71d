"""The claim payments of one claim as they will stand in an 835, before the rest of that is known."""

import msgspec

from edi_hit.remits.claim_group import ClaimGroup
from edi_hit.remits.claim_payment import ClaimPayment


class ComposedPayments(msgspec.Struct, frozen=True):
    """Claim payments of one group that were composed and found right, to be written with their set.

    `text` has their segments in the fixed form, a terminator between them; `payments` says how many they are,
    `paid` and `charge` what they add to their set and their group, in cents.
    """

    text: str
    payments: int
    paid: int
    charge: int
    group: ClaimGroup = ClaimGroup()


PaymentInSet = ClaimPayment | ComposedPayments
"""What a transaction set is made of: a claim payment to be composed, or those of a claim composed ahead."""

ToldPayments = ComposedPayments | tuple[ClaimPayment, ...]
"""The claim payments of one claim: composed, or as they are where a set is to refuse them, and say why."""
