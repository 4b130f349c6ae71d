"""Asks the rules of one line, in order, and says what follows for the line and its claim."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import IntEnum

import msgspec

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.rule_book import Check, RuleBook
from edi_hit.benefits.engine.ruling import NOT_APPLICABLE, Ruling, unknown
from edi_hit.benefits.rule_codes import RuleCodes, codes_of
from edi_hit.profiles import RunSettings, Unknown
from edi_hit.rules import Answer, EarlierLine, ReferenceDataMissing, Rule, RuleAnswer


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
    "pend": Effect.PEND,
    "route": Effect.ROUTE,
    "return": Effect.RETURN,
    "reject": Effect.REJECT,
    "warning": Effect.NONE,
    "information": Effect.NONE,
    "payment": Effect.NONE,
}
_PAYMENT = "payment"
_WAIT = "wait"
"""Outcome of an unknown that time resolves: the claim waits, whatever the setting."""

_NOTHING_FOLLOWS = (Answer.MET, Answer.NOT_APPLICABLE)
_SILENT = ("information", "warning")
"""Outcomes from which nothing follows, whatever the answer."""


class LineVerdict(msgspec.Struct, frozen=True):
    """The answers of a line, what follows, and the rule it follows from (None where nothing does).

    `codes` are those of that rule, None where it has none. `look_again_on` is the first day on which a line
    that waits is to be asked about again.
    """

    context: LineContext
    effect: Effect
    cause: Rule | None
    codes: RuleCodes | None
    answers: tuple[RuleAnswer, ...]
    look_again_on: date | None = None

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
        self.codes: RuleCodes | None = None
        self.stopped_by: str | None = None
        self.explained = False
        self.look_again_on: date | None = None

    def checks(self) -> list[RuleAnswer]:
        """Ask rule after rule; after the first that stops the line, only those that explain it."""
        answers: list[RuleAnswer] = []
        for rule, check in self.book.checked_rules():
            if self.stopped_by is not None:
                answers.append(self._explain(rule, check))
                continue
            ruling = self._ask(check)
            if ruling is NOT_APPLICABLE:
                answers.append(self.book.not_applicable(rule.id))
            elif ruling.answer in _NOTHING_FOLLOWS:
                answers.append(rule_answer(rule, ruling))
            else:
                effect = self._weigh(rule, ruling)
                answers.append(rule_answer(rule, ruling, assumed=_is_assumed(rule, ruling, effect)))
        return answers

    def reviews(self, answers: Sequence[RuleAnswer]) -> Iterator[RuleAnswer]:
        """Ask the rules that look at all answers."""
        for rule_id, review in self.book.reviews.items():
            if self.stopped_by is None:
                yield rule_answer(self.book.rules[rule_id], review(self.context, answers))
            else:
                yield self.book.not_reached(rule_id)

    def _explain(self, rule: Rule, check: Check) -> RuleAnswer:
        """Ask a rule that explains the one that stopped the line; the first not met gives its codes."""
        if self.stopped_by not in self.book.explains[rule.id]:
            return self.book.not_reached(rule.id)
        ruling = self._ask(check)
        codes = codes_of(rule.id, ruling.case, self.context.settings)
        denies = ruling.answer is Answer.NOT_MET and self.effect is Effect.DENY
        if denies and codes is not None and not self.explained:
            self.cause, self.codes, self.explained = rule, codes, True
        return rule_answer(rule, ruling)

    def _ask(self, check: Check) -> Ruling:
        try:
            return check(self.context)
        except ReferenceDataMissing as error:
            return unknown(str(error))

    def _weigh(self, rule: Rule, ruling: Ruling) -> Effect:
        effect = effect_of(rule, ruling, self.context.settings)
        if effect > self.effect:
            self.effect, self.cause = effect, rule
            self.codes = codes_of(rule.id, ruling.case, self.context.settings)
        if effect in _STOPS:
            self.stopped_by = rule.id
        elif effect is Effect.PEND and ruling.look_again_on is not None:
            self.look_again_on = min(ruling.look_again_on, self.look_again_on or date.max)
        return effect


def ask_line(context: LineContext, book: RuleBook) -> LineVerdict:
    """Ask every rule of a line, in the book's order, up to the first that stops it."""
    inquiry = _Inquiry(context, book)
    answers = inquiry.checks()
    answers.extend(inquiry.reviews(answers))
    return LineVerdict(
        context, inquiry.effect, inquiry.cause, inquiry.codes, tuple(answers), inquiry.look_again_on
    )


def effect_of(rule: Rule, ruling: Ruling, settings: RunSettings) -> Effect:
    """Say what follows from a ruling.

    An unknown is let pass, waited for or denied as the setting says. What a payment needs cannot be denied
    for: a price that is not known leaves the claim unanswered whatever the setting. Nor can a rule without
    codes deny: the claim waits.
    """
    outcome = ruling.outcome or rule.outcome or ""
    if ruling.answer is Answer.NOT_MET:
        return _BY_OUTCOME[outcome]
    if ruling.answer is not Answer.UNKNOWN or outcome in _SILENT:
        return Effect.NONE
    if outcome == _WAIT:
        return Effect.PEND
    if outcome == _PAYMENT:
        return Effect.UNPRICED
    if settings.unknown == Unknown.ASSUME:
        return Effect.NONE
    can_deny = settings.unknown == Unknown.DENY and codes_of(rule.id, ruling.case, settings) is not None
    return Effect.DENY if can_deny else Effect.PEND


def _is_assumed(rule: Rule, ruling: Ruling, effect: Effect) -> bool:
    """Whether an unknown, from which something could follow, is let pass."""
    matters = (ruling.outcome or rule.outcome) not in _SILENT
    return ruling.answer is Answer.UNKNOWN and effect is Effect.NONE and matters


def rule_answer(rule: Rule, ruling: Ruling, *, assumed: bool = False) -> RuleAnswer:
    """Give a ruling as it stands in a decision; `assumed` marks an unknown that was taken as met."""
    earlier = ruling.earlier
    billed = EarlierLine(earlier.claim, earlier.line, earlier.code, earlier.on) if earlier else None
    return RuleAnswer(rule.id, ruling.answer, ruling.detail, rule.source, assumed, billed)
