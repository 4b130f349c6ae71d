"""Asks the rules of one line, in order, and says what follows for the line and its claim."""

from collections.abc import Iterator
from enum import IntEnum

import msgspec

from edi_hit.benefits.medicare_hit.line_context import LineContext
from edi_hit.benefits.medicare_hit.rule_book import Check, RuleBook
from edi_hit.benefits.medicare_hit.ruling import Ruling, unknown
from edi_hit.profiles import Unknown
from edi_hit.rules import Answer, ReferenceDataMissing, Rule, RuleAnswer


class Effect(IntEnum):
    """What follows from a rule's answer. The weightiest one of all lines decides the claim."""

    NONE = 0
    DENY = 1
    PEND = 2
    UNPRICED = 3
    ROUTE = 4
    RETURN = 5
    REJECT = 6


_STOPS = (Effect.DENY, Effect.ROUTE, Effect.RETURN, Effect.REJECT)
_BY_OUTCOME = {
    "deny": Effect.DENY,
    "route": Effect.ROUTE,
    "return": Effect.RETURN,
    "reject": Effect.REJECT,
    "information": Effect.NONE,
    "payment": Effect.NONE,
}
_PAYMENT = "payment"


class LineVerdict(msgspec.Struct, frozen=True):
    """The answers of a line, what follows, and the rule it follows from (None where nothing does)."""

    context: LineContext
    effect: Effect
    cause: Rule | None
    answers: tuple[RuleAnswer, ...]

    @property
    def stands(self) -> bool:
        """Whether the line is not denied: a visit that later lines of the claim have to reckon with."""
        return self.effect in (Effect.NONE, Effect.PEND, Effect.UNPRICED)


class _Inquiry:
    """The state while one line's rules are asked."""

    def __init__(self, context: LineContext, book: RuleBook) -> None:
        self.context = context
        self.book = book
        self.effect = Effect.NONE
        self.cause: Rule | None = None
        self.stopped_by: str | None = None

    def answers(self) -> Iterator[RuleAnswer]:
        """Ask rule after rule; after the first that stops the line, only those that explain it."""
        for rule, check in self.book.checked_rules():
            if self.stopped_by is None:
                ruling = self._ask(check)
                effect = self._weigh(rule, ruling)
                assumed = ruling.answer is Answer.UNKNOWN and effect is Effect.NONE
                yield rule_answer(rule, ruling, assumed=assumed)
            elif self.book.explains.get(rule.id) == self.stopped_by:
                yield rule_answer(rule, self._explain(rule, check))
            else:
                yield rule_answer(rule, Ruling(Answer.NOT_REACHED))

    def _explain(self, rule: Rule, check: Check) -> Ruling:
        ruling = self._ask(check)
        if ruling.answer is Answer.NOT_MET and self.effect is Effect.DENY:
            self.cause = rule
        return ruling

    def _ask(self, check: Check) -> Ruling:
        try:
            return check(self.context)
        except ReferenceDataMissing as error:
            return unknown(str(error))

    def _weigh(self, rule: Rule, ruling: Ruling) -> Effect:
        effect = effect_of(rule, ruling, self.context.settings.unknown)
        if effect > self.effect:
            self.effect, self.cause = effect, rule
        if effect in _STOPS:
            self.stopped_by = rule.id
        return effect


def ask_line(context: LineContext, book: RuleBook) -> LineVerdict:
    """Ask every rule of a line, in the book's order, up to the first that stops it."""
    inquiry = _Inquiry(context, book)
    answers = tuple(inquiry.answers())
    return LineVerdict(context, inquiry.effect, inquiry.cause, answers)


def effect_of(rule: Rule, ruling: Ruling, setting: Unknown) -> Effect:
    """Say what follows from a ruling.

    An unknown is let pass, waited for or denied as the setting says. What a payment needs cannot be denied
    for: a price that is not known leaves the claim unanswered whatever the setting.
    """
    if ruling.answer is Answer.NOT_MET:
        return _BY_OUTCOME[ruling.outcome or rule.outcome or ""]
    if ruling.answer is not Answer.UNKNOWN:
        return Effect.NONE
    if rule.outcome == _PAYMENT:
        return Effect.UNPRICED
    if setting == Unknown.ASSUME:
        return Effect.NONE
    return Effect.DENY if setting == Unknown.DENY and rule.carc else Effect.PEND


def rule_answer(rule: Rule, ruling: Ruling, *, assumed: bool = False) -> RuleAnswer:
    """Give a ruling as it stands in a decision; `assumed` marks an unknown that was taken as met."""
    return RuleAnswer(
        id=rule.id, answer=ruling.answer, detail=ruling.detail, source=rule.source, assumed=assumed
    )
