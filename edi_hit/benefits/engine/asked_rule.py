"""Rules as a benefit asks them, and their answers as they stand in decisions."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Final

from edi_hit.benefits.engine.bill import Bill
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import NOT_APPLICABLE, Ruling
from edi_hit.rules import Answer, EarlierLine, Rule, RuleAnswer

Check = Callable[[LineContext], Ruling]
Step = Callable[[Bill, Decimal], Ruling]
Review = Callable[[LineContext, AbstractSet[str]], Ruling]
"""Is handed the ids of the rules whose answer is unknown."""


class BookRule:
    """A rule with its place in the book, and what it says of other lines."""

    def __init__(self, rule: Rule, place: int) -> None:
        self.rule: Final = rule
        self.id: Final = rule.id
        self.place: Final = place
        self.not_applicable: Final = plain_answer(rule, Answer.NOT_APPLICABLE)
        self._source: Final = rule.source
        self._told = _Told(NOT_APPLICABLE, False, self.not_applicable)

    def answer(self, ruling: Ruling, assumed: bool, codes: str = "") -> RuleAnswer:
        """Give a ruling as it stands in a decision; what was said last, word for word, is not made again.

        `assumed` marks an unknown that was taken as met; `codes` says where the codes come from it put on the
        line, empty where it put none.
        """
        told = self._told
        if told.assumed == assumed and not codes and told.says(ruling):
            return told.answer
        earlier = ruling.earlier
        if earlier is not None:
            billed = EarlierLine(earlier.claim, earlier.line, earlier.code, earlier.on)
            return RuleAnswer(self.id, ruling.answer, ruling.detail, self._source, assumed, billed, codes)
        answer = RuleAnswer(self.id, ruling.answer, ruling.detail, self._source, assumed, None, codes)
        if not codes:
            self._told = _Told(ruling, assumed, answer)
        return answer


class AskedRule(BookRule):
    """A rule with its check, and the rules that it explains."""

    def __init__(self, rule: Rule, check: Check, place: int, explains: tuple[str, ...]) -> None:
        super().__init__(rule, place)
        self.outcome: Final = rule.outcome or ""
        self.check: Final = check
        self.explains: Final = explains


class PaymentRule(BookRule):
    """A rule with its step from the charge to the payment."""

    def __init__(self, rule: Rule, step: Step, place: int) -> None:
        super().__init__(rule, place)
        self.step: Final = step


class ReviewRule(BookRule):
    """A rule that looks at what the others say."""

    def __init__(self, rule: Rule, review: Review, place: int) -> None:
        super().__init__(rule, place)
        self.review: Final = review


class _Told:
    """An answer that rests on no other line and bears no codes, and the ruling it was made of."""

    def __init__(self, ruling: Ruling, assumed: bool, answer: RuleAnswer) -> None:
        self._ruling: Final = ruling
        self.assumed: Final = assumed
        self.answer: Final = answer

    def says(self, ruling: Ruling) -> bool:
        """Whether a ruling is told by the answer."""
        mine = self._ruling
        if ruling is mine:
            return True
        return ruling.answer is mine.answer and ruling.earlier is None and ruling.detail == mine.detail


class Asked:
    """The rules asked of a line by its code, in order, and its answers before any is.

    Of a rule that is about other codes the answer stands already.
    """

    def __init__(self, rules: list[AskedRule], answers: list[RuleAnswer]) -> None:
        self.rules: Final = rules
        self.answers: Final = answers


def plain_answer(rule: Rule, answer: Answer) -> RuleAnswer:
    """Give an answer of which nothing more is to be said."""
    return RuleAnswer(rule.id, answer, source=rule.source)
