"""A rule as it is asked of lines, and its answers as they stand in decisions."""

from collections.abc import Callable
from typing import Final

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import NOT_APPLICABLE, Ruling
from edi_hit.rules import Answer, EarlierLine, Rule, RuleAnswer

Check = Callable[[LineContext], Ruling]


class AskedRule:
    """A rule with its check, its place in the book, what it explains, and what it says of other lines."""

    def __init__(self, rule: Rule, check: Check, place: int, explains: tuple[str, ...]) -> None:
        self.rule: Final = rule
        self.outcome: Final = rule.outcome or ""
        self.check: Final = check
        self.place: Final = place
        self.explains: Final = explains
        self.not_applicable: Final = plain_answer(rule, Answer.NOT_APPLICABLE)
        self._told = _Told(NOT_APPLICABLE, False, self.not_applicable)

    def answer(self, ruling: Ruling, assumed: bool) -> RuleAnswer:
        """Give a ruling as it stands in a decision; what was said last, word for word, is not made again."""
        told = self._told
        if told.says(ruling) and told.assumed == assumed:
            return told.answer
        answer = rule_answer(self.rule, ruling, assumed=assumed)
        if ruling.earlier is None:
            self._told = _Told(ruling, assumed, answer)
        return answer


class _Told:
    """An answer that rests on no other line, and the ruling it was made of."""

    def __init__(self, ruling: Ruling, assumed: bool, answer: RuleAnswer) -> None:
        self._ruling: Final = ruling
        self.assumed: Final = assumed
        self.answer: Final = answer

    def says(self, ruling: Ruling) -> bool:
        """Whether a ruling is told by the answer."""
        mine = self._ruling
        return ruling.answer is mine.answer and ruling.earlier is None and ruling.detail == mine.detail


class Asked:
    """The rules asked of a line by its code, in order, and its answers before any is.

    Of a rule that is about other codes the answer stands already.
    """

    def __init__(self, rules: list[AskedRule], answers: list[RuleAnswer]) -> None:
        self.rules: Final = rules
        self.answers: Final = answers


def rule_answer(rule: Rule, ruling: Ruling, *, assumed: bool, codes: str = "") -> RuleAnswer:
    """Give a ruling as it stands in a decision.

    `assumed` marks an unknown that was taken as met; `codes` says where the codes come from it put on the
    line, empty where it put none.
    """
    earlier = ruling.earlier
    billed = None if earlier is None else EarlierLine(earlier.claim, earlier.line, earlier.code, earlier.on)
    return RuleAnswer(rule.id, ruling.answer, ruling.detail, rule.source, assumed, billed, codes)


def plain_answer(rule: Rule, answer: Answer) -> RuleAnswer:
    """Give an answer of which nothing more is to be said."""
    return RuleAnswer(rule.id, answer, source=rule.source)
