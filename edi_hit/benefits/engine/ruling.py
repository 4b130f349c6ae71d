"""What one rule says of one line, before the user's settings are applied."""

from datetime import date
from decimal import Decimal
from typing import Final

from edi_hit.benefits.facts import BilledFact
from edi_hit.rules import Answer

_NOTHING: Final = Decimal(0)
_MET: Final = Answer.MET
_NOT_MET: Final = Answer.NOT_MET
_UNKNOWN: Final = Answer.UNKNOWN
_NOT_APPLICABLE: Final = Answer.NOT_APPLICABLE


class Ruling:
    """An answer and why, in plain words: dates, codes, amounts, never a name or a member id.

    `outcome` replaces the rule's declared outcome where a setting or the case asks for another. `case` says
    which of the rule's codes apply, where it has several. `earlier` is the line, billed on another claim or
    before on this one, that the answer rests on. `amount` is what a payment rule takes off, in dollars.
    `look_again_on` is the day a line that waits is to be asked about again.
    """

    def __init__(
        self,
        answer: Answer,
        detail: str = "",
        outcome: str | None = None,
        case: str = "",
        earlier: BilledFact | None = None,
        amount: Decimal = _NOTHING,
        look_again_on: date | None = None,
    ) -> None:
        self.answer: Final = answer
        self.detail: Final = detail
        self.outcome: Final = outcome
        self.case: Final = case
        self.earlier: Final = earlier
        self.amount: Final = amount
        self.look_again_on: Final = look_again_on


def met(detail: str = "", *, earlier: BilledFact | None = None) -> Ruling:
    """The line satisfies the rule."""
    return Ruling(_MET, detail, earlier=earlier)


def not_met(
    detail: str, *, outcome: str | None = None, case: str = "", earlier: BilledFact | None = None
) -> Ruling:
    """The line violates the rule."""
    return Ruling(_NOT_MET, detail, outcome, case, earlier)


def unknown(
    detail: str,
    *,
    outcome: str | None = None,
    earlier: BilledFact | None = None,
    look_again_on: date | None = None,
) -> Ruling:
    """What is loaded cannot tell. With `outcome` `information` nothing follows from that."""
    return Ruling(_UNKNOWN, detail, outcome, earlier=earlier, look_again_on=look_again_on)


NOT_APPLICABLE: Final = Ruling(Answer.NOT_APPLICABLE)
"""The rule does not concern the line, and nothing is to be said of it."""


def not_applicable(detail: str = "") -> Ruling:
    """The rule does not concern the line."""
    return Ruling(_NOT_APPLICABLE, detail) if detail else NOT_APPLICABLE
