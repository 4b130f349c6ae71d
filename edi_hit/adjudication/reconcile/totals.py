"""The sums of a comparison: by kind of difference and by reason."""

from decimal import Decimal

import msgspec

from edi_hit.adjudication.reconcile.answer import ZERO
from edi_hit.adjudication.reconcile.difference import Difference, Kind


class Tally(msgspec.Struct):
    """How many differences of a sort there are, and what is at stake in them, in dollars."""

    count: int = 0
    amount: Decimal = ZERO

    def add(self, amount: Decimal) -> None:
        """Count one more."""
        self.count += 1
        self.amount += amount


class ReconcileTotals(msgspec.Struct):
    """The sums of a comparison; `matched` counts the claims both sides answer.

    `by_reason` is by group code and CARC, empty text where no adjustment differs.
    """

    matched: int = 0
    differences: int = 0
    at_stake: Decimal = ZERO
    by_kind: dict[Kind, Tally] = {}
    by_reason: dict[str, Tally] = {}

    def add(self, difference: Difference) -> None:
        """Count a difference."""
        self.differences += 1
        self.at_stake += difference.amount
        self.by_kind.setdefault(difference.kind, Tally()).add(difference.amount)
        self.by_reason.setdefault(difference.reason, Tally()).add(difference.amount)
