"""Counts claims and charges of a set, or of a billing provider."""

from edi_hit.acks.receipt import ZERO, ClaimReceipt, Totals


class ClaimCounts:
    """Claims and charges while they are counted."""

    def __init__(self) -> None:
        self._accepted = self._rejected = 0
        self._accepted_amount = self._rejected_amount = ZERO

    def add(self, claim: ClaimReceipt) -> None:
        """Count a claim."""
        if claim.codes:
            self._rejected += 1
            self._rejected_amount += claim.charge
        else:
            self._accepted += 1
            self._accepted_amount += claim.charge

    @property
    def totals(self) -> Totals:
        """What has been counted."""
        return Totals(self._accepted, self._rejected, self._accepted_amount, self._rejected_amount)
