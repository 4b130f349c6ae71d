"""What the rules say of one line, and what follows for the line and its claim."""

from datetime import date
from enum import IntEnum
from typing import Final

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.reason_codes import RuleCodes
from edi_hit.rules import Rule, RuleAnswer


class Effect(IntEnum):
    """What follows from a rule's answer. The weightiest one of all lines decides the claim."""

    NONE = 0
    DENY = 1
    PEND = 2
    UNPRICED = 3
    ROUTE = 4
    RETURN = 5
    REJECT = 6


_STANDING: Final = (Effect.NONE, Effect.PEND, Effect.UNPRICED)


class LineVerdict:
    """The answers of a line, what follows, and the rule it follows from (None where nothing does).

    `answers` has one of every rule of the book, in its order: of those not asked, that they were not reached.
    `codes` are those of the rule it follows from, None where it has none. `look_again_on` is the first day on
    which a line that waits is to be asked about again.
    """

    def __init__(
        self,
        context: LineContext,
        effect: Effect,
        cause: Rule | None,
        codes: RuleCodes | None,
        answers: list[RuleAnswer],
        look_again_on: date | None,
    ) -> None:
        self.context: Final = context
        self.effect: Final = effect
        self.cause: Final = cause
        self.codes: Final = codes
        self.answers: Final = answers
        self.look_again_on: Final = look_again_on

    @property
    def stands(self) -> bool:
        """Whether the line is not denied: a visit that later lines of the claim have to reckon with."""
        return self.effect in _STANDING
