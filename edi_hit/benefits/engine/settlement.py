"""The money of a claim whose lines are all either denied or to be paid."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from edi_hit.benefits.decision import LineDecision
from edi_hit.benefits.engine.bill import Bill
from edi_hit.benefits.engine.line_decision import denied_line, paid_line
from edi_hit.benefits.engine.line_verdict import Effect, LineVerdict
from edi_hit.benefits.engine.payment import PATIENT, Payment, settle
from edi_hit.benefits.engine.prior_payer import prior_payment
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.facts import ClaimFacts
from edi_hit.profiles import RunSettings, Unknown
from edi_hit.rules import ReferenceDataMissing

_DENY: Final = Effect.DENY


class Settlement:
    """The lines with their money.

    `unknown_deductible` says that a line was paid without knowing what is left of the deductible;
    `missing` which table lacked a figure, and then the money is not to be used.
    """

    def __init__(
        self, lines: tuple[LineDecision, ...], unknown_deductible: bool, missing: ReferenceDataMissing | None
    ) -> None:
        self.lines: Final = lines
        self.unknown_deductible: Final = unknown_deductible
        self.missing: Final = missing

    @property
    def patient_responsibility(self) -> Decimal:
        """What the patient owes, in dollars: the adjustments of group PR, of denied lines too."""
        taken = (one for line in self.lines for one in line.adjustments)
        return sum((one.amount for one in taken if one.group == PATIENT), Decimal("0.00"))


def settle_lines(
    verdicts: Sequence[LineVerdict], facts: ClaimFacts, settings: RunSettings, book: RuleBook
) -> Settlement:
    """Give every line its money, in the claim's order, which is the order the deductible is used up in."""
    left = dict(facts.deductible_left)
    assume = settings.unknown is Unknown.ASSUME
    lines: list[LineDecision] = []
    payments: list[Payment] = []
    for verdict in verdicts:
        if verdict.effect is _DENY and verdict.codes is not None:
            lines.append(denied_line(verdict, verdict.codes, book))
            continue
        payment = _pay(verdict, left, book)
        payments.append(payment)
        lines.append(paid_line(verdict, payment, assume_deductible=assume))
    return Settlement(
        lines=tuple(lines),
        unknown_deductible=any(one.unknown_deductible for one in payments),
        missing=next((one.missing for one in payments if one.missing), None),
    )


def _pay(verdict: LineVerdict, left: dict[int, Decimal], book: RuleBook) -> Payment:
    """Pay a line; what it takes of the deductible goes off `left`, the dollars left by year."""
    context, year = verdict.context, verdict.context.on.year
    if context.price is None:
        raise ValueError("a line without a price is not to be settled")
    payment = settle(
        Bill(
            charge=context.line.charge,
            allowed=context.price.allowed,
            deductible_left=left.get(year),
            on=context.on,
            tables=context.tables,
            settings=context.settings,
            price=context.price,
            prior=prior_payment(context.claim, context.line) if context.pays_later else None,
        ),
        book,
    )
    if year in left:
        left[year] -= payment.deductible
    return payment
