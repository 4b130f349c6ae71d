"""A line's verdict, and its payment where there is one, as a line of the decision."""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from edi_hit.benefits.decision import LineDecision
from edi_hit.benefits.medicare_hit.line_verdict import LineVerdict, rule_answer
from edi_hit.benefits.medicare_hit.payment import Payment
from edi_hit.benefits.medicare_hit.rule_book import RuleBook, adjustment
from edi_hit.benefits.medicare_hit.ruling import Ruling
from edi_hit.benefits.undecided import billed_line
from edi_hit.reference import cents
from edi_hit.rules import Answer, Rule, RuleAnswer

_NOTHING = cents(Decimal(0))


def denied_line(verdict: LineVerdict, cause: Rule, book: RuleBook) -> LineDecision:
    """Give a denied line: the whole charge taken off under the codes of the rule that denies it."""
    charge = cents(verdict.context.line.charge)
    return msgspec.structs.replace(
        unpaid_line(verdict, book),
        allowed=_NOTHING,
        paid=_NOTHING,
        adjustments=(adjustment(cause, charge),) if charge else (),
        remarks=cause.rarc,
        denied=True,
    )


def paid_line(
    verdict: LineVerdict, payment: Payment, book: RuleBook, *, assume_deductible: bool
) -> LineDecision:
    """Give a paid line with every payment rule's answer."""
    steps = {
        rule_id: rule_answer(
            book.rules[rule_id],
            ruling,
            assumed=assume_deductible and ruling.answer is Answer.UNKNOWN and payment.missing is None,
        )
        for rule_id, ruling in payment.rulings
    }
    return msgspec.structs.replace(
        unpaid_line(verdict, book, steps=steps),
        allowed=payment.allowed,
        paid=payment.paid,
        adjustments=payment.adjustments,
    )


def unpaid_line(
    verdict: LineVerdict, book: RuleBook, *, steps: Mapping[str, RuleAnswer] | None = None
) -> LineDecision:
    """Give a line without money: as billed, with the answers of all rules in the book's order.

    `steps` are answers of payment rules; those without one were not reached.
    """
    answers = {answer.id: answer for answer in verdict.answers} | dict(steps or {})
    return msgspec.structs.replace(
        billed_line(verdict.context.line),
        rules=tuple(
            answers.get(rule.id) or rule_answer(rule, Ruling(Answer.NOT_REACHED))
            for rule in book.rules.values()
        ),
    )


def without_money(line: LineDecision) -> LineDecision:
    """Give a line whose answers stand but whose money waits."""
    return msgspec.structs.replace(line, allowed=None, paid=None, adjustments=(), remarks=(), denied=False)
