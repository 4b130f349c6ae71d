"""What one rule says of one line, before the user's settings are applied."""

from decimal import Decimal

import msgspec

from edi_hit.rules import Answer


class Ruling(msgspec.Struct, frozen=True):
    """An answer and why, in plain words: dates, codes, amounts, never a name or a member id.

    `outcome` replaces the rule's declared outcome where a setting asks for another. `amount` is what a
    payment rule takes off, in dollars.
    """

    answer: Answer
    detail: str = ""
    outcome: str | None = None
    amount: Decimal = Decimal(0)


def met(detail: str = "") -> Ruling:
    """The line satisfies the rule."""
    return Ruling(Answer.MET, detail)


def not_met(detail: str, *, outcome: str | None = None) -> Ruling:
    """The line violates the rule."""
    return Ruling(Answer.NOT_MET, detail, outcome)


def unknown(detail: str) -> Ruling:
    """What is loaded cannot tell."""
    return Ruling(Answer.UNKNOWN, detail)


def not_applicable(detail: str = "") -> Ruling:
    """The rule does not concern the line."""
    return Ruling(Answer.NOT_APPLICABLE, detail)
