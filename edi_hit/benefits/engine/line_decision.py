"""A line's verdict, and its payment where there is one, as a line of the decision."""

from decimal import Decimal
from typing import Final

import msgspec

from edi_hit.benefits.decision import LineDecision
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.line_verdict import LineVerdict
from edi_hit.benefits.engine.payment import Payment
from edi_hit.benefits.engine.prior_payer import LATER_PAYMENT_RULES, after_prior, prior_payment
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.reason_codes import RuleCodes
from edi_hit.benefits.rule_codes import codes_of
from edi_hit.benefits.undecided import billed_line
from edi_hit.mapping.parts import Adjustment
from edi_hit.reference import cents
from edi_hit.rules import Answer

_NOTHING: Final = cents(Decimal(0))
_UNKNOWN: Final = Answer.UNKNOWN


def denied_line(verdict: LineVerdict, codes: RuleCodes, book: RuleBook) -> LineDecision:
    """Give a denied line: all that is left of the charge taken off under the codes of what denies it."""
    return msgspec.structs.replace(
        coded_line(verdict, codes, book),
        allowed=_NOTHING,
        paid=_NOTHING,
        adjustments=_denial(verdict.context, codes, book),
        remarks=codes.rarc,
        denied=True,
    )


def _denial(context: LineContext, codes: RuleCodes, book: RuleBook) -> tuple[Adjustment, ...]:
    """Take the whole charge off; of what earlier payers took, that is told as theirs."""
    charge = cents(context.line.charge)
    denial = (Adjustment(codes.group, codes.carc, charge),) if charge else ()
    prior = prior_payment(context.claim, context.line) if context.pays_later else None
    rule = next((rule for rule in LATER_PAYMENT_RULES if rule in book.rules), "")
    later = codes_of(rule, "", context.settings)
    return denial if prior is None or later is None else after_prior(denial, charge, charge, prior, later)


def coded_line(verdict: LineVerdict, codes: RuleCodes, book: RuleBook) -> LineDecision:
    """Give a line without money whose answers say where the codes of its cause come from."""
    answers = verdict.answers.copy()
    place = book.places[codes.rule]
    answers[place] = msgspec.structs.replace(answers[place], codes=str(codes.origin))
    return billed_line(verdict.context.line, tuple(answers))


def paid_line(verdict: LineVerdict, payment: Payment, *, assume_deductible: bool) -> LineDecision:
    """Give a paid line with every payment rule's answer."""
    answers = verdict.answers.copy()
    for step in payment.steps:
        assumed = assume_deductible and step.ruling.answer is _UNKNOWN and payment.missing is None
        origin = "" if step.codes is None else str(step.codes.origin)
        answers[step.asked.place] = step.asked.answer(step.ruling, assumed, origin)
    return billed_line(
        verdict.context.line,
        tuple(answers),
        allowed=payment.allowed,
        paid=payment.paid,
        adjustments=payment.adjustments,
        remarks=payment.remarks,
    )


def unpaid_line(verdict: LineVerdict) -> LineDecision:
    """Give a line without money: as billed, with the answers of all rules in the book's order."""
    return billed_line(verdict.context.line, tuple(verdict.answers))


def without_money(line: LineDecision) -> LineDecision:
    """Give a line whose answers stand but whose money waits."""
    return msgspec.structs.replace(line, allowed=None, paid=None, adjustments=(), remarks=(), denied=False)
