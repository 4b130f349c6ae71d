"""From the charge to the payment: each payment rule of a book takes an amount off what is still due.

`charge - sum(adjustments) == paid` holds by construction: every amount taken off is an adjustment with its
rule's group code and CARC, and what is left is paid.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from edi_hit.benefits.engine.asked_rule import PaymentRule
from edi_hit.benefits.engine.bill import Bill
from edi_hit.benefits.engine.price import PricingError
from edi_hit.benefits.engine.prior_payer import LATER_PAYMENT_RULES, after_prior
from edi_hit.benefits.engine.prior_payment import PriorPayment
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.engine.ruling import Ruling, unknown
from edi_hit.benefits.reason_codes import RuleCodes
from edi_hit.benefits.rule_codes import codes_of
from edi_hit.mapping.parts import Adjustment
from edi_hit.reference import cents, is_whole_cents
from edi_hit.rules import Answer, ReferenceDataMissing

DEDUCTIBLE_RULE = "HIT-PAY-DED"
PATIENT = "PR"
"""Group code of what the patient owes."""


class PaymentStep:
    """What one payment rule said; `codes` are those of the amount it took off, None where it took none."""

    def __init__(self, asked: PaymentRule, ruling: Ruling, codes: RuleCodes | None = None) -> None:
        self.asked: Final = asked
        self.rule: Final = asked.id
        self.ruling: Final = ruling
        self.codes: Final = codes


class Payment:
    """What is paid on a line, in dollars, and what was taken off on the way from the charge.

    `steps` gives each payment rule's answer, as far as they were reached; `missing` says which table stood
    in the way, and then `paid` is not to be used.
    """

    def __init__(
        self,
        allowed: Decimal,
        paid: Decimal,
        adjustments: tuple[Adjustment, ...],
        steps: list[PaymentStep],
        missing: ReferenceDataMissing | None = None,
    ) -> None:
        self.allowed: Final = allowed
        self.paid: Final = paid
        self.adjustments: Final = adjustments
        self.steps: Final = steps
        self.missing: Final = missing

    @property
    def deductible(self) -> Decimal:
        """What the line takes of the patient's deductible (rule HIT-PAY-DED)."""
        return sum((step.ruling.amount for step in self.steps if step.rule == DEDUCTIBLE_RULE), Decimal(0))

    @property
    def remarks(self) -> tuple[str, ...]:
        """The remark codes of what was taken off, each once."""
        remarks: dict[str, None] = {}
        for step in self.steps:
            if step.codes is not None:
                remarks |= dict.fromkeys(step.codes.rarc)
        return tuple(remarks)

    @property
    def unknown_deductible(self) -> bool:
        """Whether the line was paid without knowing what is left of the deductible."""
        return any(
            step.rule == DEDUCTIBLE_RULE and step.ruling.answer is Answer.UNKNOWN for step in self.steps
        )

    @property
    def patient_responsibility(self) -> Decimal:
        """What the patient owes: the adjustments of group PR."""
        return sum((one.amount for one in self.adjustments if one.group == PATIENT), Decimal(0))


def pay(bill: Bill, book: RuleBook) -> Payment:
    """Pay a bill under the rules of a book.

    Amounts are dollars in whole cents, allowed not above charge. A deductible that is not known (None) is
    taken as met; the answer of its rule says so. Raises `PricingError` for other amounts and
    `ReferenceDataMissing` where a figure of the day is not known.
    """
    if not (is_whole_cents(bill.charge) and is_whole_cents(bill.allowed) and bill.allowed <= bill.charge):
        raise PricingError("charge and allowed amount are dollars in whole cents, allowed not above charge")
    if bill.deductible_left is not None and not is_whole_cents(abs(bill.deductible_left)):
        raise PricingError("what is left of the deductible is dollars in whole cents")
    payment = settle(bill, book)
    if payment.missing:
        raise payment.missing
    return payment


def settle(bill: Bill, book: RuleBook) -> Payment:
    """Take off a bill what each payment rule says, in order; stops where a table lacks a figure."""
    due = cents(bill.charge)
    steps: list[PaymentStep] = []
    missing = None
    for rule in book.payment_rules():
        try:
            ruling = rule.step(bill, due)
        except ReferenceDataMissing as error:
            steps.append(PaymentStep(rule, unknown(str(error))))
            missing = error.with_traceback(None)  # its frames hold this one, and so a cycle
            break
        if ruling.amount:
            due -= ruling.amount
        steps.append(PaymentStep(rule, ruling, _codes(rule.id, ruling, bill)))
    return Payment(cents(bill.allowed), due, _adjustments(bill, steps), steps, missing)


def _adjustments(bill: Bill, steps: Sequence[PaymentStep]) -> tuple[Adjustment, ...]:
    """Give what the steps took off, under their codes; after earlier payers, what those took comes first."""
    if bill.prior is not None:
        return _after_prior(bill, bill.prior, steps)
    return tuple([_taken(step, step.codes) for step in steps if step.codes is not None])


def _taken(step: PaymentStep, codes: RuleCodes) -> Adjustment:
    return Adjustment(codes.group, codes.carc, step.ruling.amount)


def _after_prior(bill: Bill, prior: PriorPayment, steps: Sequence[PaymentStep]) -> tuple[Adjustment, ...]:
    taken: list[Adjustment] = []
    total = Decimal(0)
    for step in steps:
        total += step.ruling.amount
        codes = None
        if step.rule in LATER_PAYMENT_RULES:
            codes = codes_of(step.rule, step.ruling.case, bill.settings)
        if codes is not None:
            taken = [*after_prior(taken, total, cents(bill.charge), prior, codes)]
        elif step.codes is not None:
            taken.append(_taken(step, step.codes))
    return tuple(taken)


def _codes(rule_id: str, ruling: Ruling, bill: Bill) -> RuleCodes | None:
    """Give the codes of an amount taken off; `ValueError` where the rule has none."""
    if not ruling.amount:
        return None
    codes = codes_of(rule_id, ruling.case, bill.settings)
    if codes is None:
        raise ValueError(f"rule {rule_id} takes an amount off and has no codes")
    return codes
