"""Asks the rules of one line, in order, and says what follows for the line and its claim."""

from datetime import date
from typing import Final

from edi_hit.benefits.engine.asked_rule import AskedRule
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.line_verdict import Effect, LineVerdict
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.engine.ruling import Ruling, unknown
from edi_hit.benefits.reason_codes import RuleCodes
from edi_hit.benefits.rule_codes import codes_of
from edi_hit.profiles import Unknown
from edi_hit.rules import Answer, ReferenceDataMissing, Rule

_MET: Final = Answer.MET
_NOT_MET: Final = Answer.NOT_MET
_UNKNOWN: Final = Answer.UNKNOWN
_NOT_APPLICABLE: Final = Answer.NOT_APPLICABLE
_NONE: Final = Effect.NONE
_DENY: Final = Effect.DENY
_PEND: Final = Effect.PEND
_UNPRICED: Final = Effect.UNPRICED
_ASSUME: Final = Unknown.ASSUME

_STOPS: Final = (Effect.DENY, Effect.ROUTE, Effect.RETURN, Effect.REJECT)
_BY_OUTCOME: Final = {
    "deny": Effect.DENY,
    "pend": Effect.PEND,
    "route": Effect.ROUTE,
    "return": Effect.RETURN,
    "reject": Effect.REJECT,
    "warning": Effect.NONE,
    "information": Effect.NONE,
    "payment": Effect.NONE,
}
_PAYMENT: Final = "payment"
_WAIT: Final = "wait"
"""Outcome of an unknown that time resolves: the claim waits, whatever the setting."""

_SILENT: Final = ("information", "warning")
"""Outcomes from which nothing follows, whatever the answer."""


class _Inquiry:
    """The state while one line's rules are asked."""

    def __init__(self, context: LineContext, book: RuleBook) -> None:
        self.context = context
        self.book = book
        self.asked = book.asked_of(context.hcpcs)
        self.answers = self.asked.answers.copy()
        self.settings = context.settings
        self.lets_pass = context.settings.unknown is _ASSUME
        self.unknown: set[str] = set()
        self.effect = _NONE
        self.cause: Rule | None = None
        self.codes: RuleCodes | None = None
        self.stopped_by: str | None = None
        self.explained = False
        self.look_again_on: date | None = None

    def check(self) -> None:
        """Ask rule after rule; after the first that stops the line, only those that explain it."""
        for asked in self.asked.rules:
            ruling = self._ask(asked)
            said = ruling.answer
            assumed = False
            if said is not _MET and said is not _NOT_APPLICABLE:
                assumed = self._weigh(asked, ruling)
            self.answers[asked.place] = asked.answer(ruling, assumed)
            if self.stopped_by is not None:
                self._explain_after(asked.place, self.stopped_by)
                return

    def review(self) -> None:
        """Ask the rules that look at what the others say, unless the line was stopped."""
        if self.stopped_by is None:
            for rule in self.book.reviewing_rules():
                self.answers[rule.place] = rule.answer(rule.review(self.context, self.unknown), False)

    def _explain_after(self, place: int, stopped_by: str) -> None:
        """Of the rules behind the one that stopped the line only those that explain it are reached."""
        self.answers[place + 1 :] = self.book.unasked(place + 1)
        for asked in self.asked.rules:
            if asked.place > place and stopped_by in asked.explains:
                self._explain(asked)

    def _explain(self, asked: AskedRule) -> None:
        """Ask a rule that explains the one that stopped the line; the first not met gives its codes."""
        ruling = self._ask(asked)
        if ruling.answer is _NOT_MET and self.effect is _DENY and not self.explained:
            codes = codes_of(asked.id, ruling.case, self.settings)
            if codes is not None:
                self.cause, self.codes, self.explained = asked.rule, codes, True
        self.answers[asked.place] = asked.answer(ruling, False)

    def _ask(self, asked: AskedRule) -> Ruling:
        try:
            return asked.check(self.context)
        except ReferenceDataMissing as error:
            return unknown(str(error))

    def _weigh(self, asked: AskedRule, ruling: Ruling) -> bool:
        """Take in what follows from a ruling; says whether it is an unknown that is let pass."""
        outcome = ruling.outcome or asked.outcome
        if ruling.answer is _UNKNOWN:
            self.unknown.add(asked.id)
        effect = self._effect_of(asked, ruling, outcome)
        if effect is _NONE:
            return ruling.answer is _UNKNOWN and outcome not in _SILENT
        if effect > self.effect:
            self.effect, self.cause = effect, asked.rule
            self.codes = codes_of(asked.id, ruling.case, self.settings)
        if effect in _STOPS:
            self.stopped_by = asked.id
        elif effect is _PEND and ruling.look_again_on is not None:
            self.look_again_on = min(ruling.look_again_on, self.look_again_on or date.max)
        return False

    def _effect_of(self, asked: AskedRule, ruling: Ruling, outcome: str) -> Effect:
        """Say what follows from a ruling whose rule is not met or unknown.

        An unknown is let pass, waited for or denied as the setting says. What a payment needs cannot be
        denied for: a price that is not known leaves the claim unanswered whatever the setting. Nor can a rule
        without codes deny: the claim waits.
        """
        if ruling.answer is _NOT_MET:
            return _BY_OUTCOME[outcome]
        if outcome in _SILENT:
            return _NONE
        if outcome == _WAIT:
            return _PEND
        if outcome == _PAYMENT:
            return _UNPRICED
        if self.lets_pass:
            return _NONE
        denies = self.settings.unknown is Unknown.DENY
        can_deny = denies and codes_of(asked.id, ruling.case, self.settings) is not None
        return _DENY if can_deny else _PEND


def ask_line(context: LineContext, book: RuleBook) -> LineVerdict:
    """Ask every rule of a line, in the book's order, up to the first that stops it."""
    inquiry = _Inquiry(context, book)
    inquiry.check()
    inquiry.review()
    return LineVerdict(
        context, inquiry.effect, inquiry.cause, inquiry.codes, inquiry.answers, inquiry.look_again_on
    )
