"""From the charge to the payment: each rule takes an amount off what is still due.

`charge - sum(adjustments) == paid` holds by construction: every amount taken off is an adjustment with its
rule's group code and CARC, and what is left is paid.
"""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.benefits.medicare_hit.bill import Bill
from edi_hit.benefits.medicare_hit.line_context import LineContext
from edi_hit.benefits.medicare_hit.parameters import in_force, parameters
from edi_hit.benefits.medicare_hit.pricing import PricingError
from edi_hit.benefits.medicare_hit.rule_book import BOOK, RuleBook, adjustment
from edi_hit.benefits.medicare_hit.ruling import Ruling, met, not_applicable, unknown
from edi_hit.mapping.parts import Adjustment
from edi_hit.reference import Tables, amount_text, cents, is_whole_cents
from edi_hit.rules import Answer, ReferenceDataMissing

_HUNDRED = Decimal(100)
_PATIENT = "PR"
DEDUCTIBLE_RULE = "HIT-PAY-DED"


class Payment(msgspec.Struct, frozen=True):
    """What is paid on a line, in dollars, and what was taken off on the way from the charge.

    `rulings` gives each payment rule's answer by id, as far as they were reached; `missing` says which
    table stood in the way, and then `paid` is not to be used.
    """

    charge: Decimal
    allowed: Decimal
    paid: Decimal
    adjustments: tuple[Adjustment, ...]
    rulings: tuple[tuple[str, Ruling], ...]
    missing: ReferenceDataMissing | None = None

    @property
    def deductible(self) -> Decimal:
        """What the line takes of the patient's deductible (rule HIT-PAY-DED)."""
        return sum((ruling.amount for key, ruling in self.rulings if key == DEDUCTIBLE_RULE), Decimal(0))

    @property
    def unknown_deductible(self) -> bool:
        """Whether the line was paid without knowing what is left of the deductible."""
        return any(key == DEDUCTIBLE_RULE and ruling.answer is Answer.UNKNOWN for key, ruling in self.rulings)

    @property
    def patient_responsibility(self) -> Decimal:
        """What the patient owes: the adjustments of group PR."""
        return sum((one.amount for one in self.adjustments if one.group == _PATIENT), Decimal(0))


def pay(
    allowed: Decimal, charge: Decimal, deductible_left: Decimal | None, on: date, tables: Tables
) -> Payment:
    """Pay a visit of `on`: deductible PR 1, coinsurance PR 2, sequestration CO 253, CO 45 for the rest.

    Amounts are dollars in whole cents, `allowed` not above `charge`. A deductible that is not known (None)
    is taken as met; the ruling of HIT-PAY-DED says so. Raises `PricingError` for other amounts and
    `ReferenceDataMissing` where the sequestration of the day is not known.
    """
    if not (is_whole_cents(charge) and is_whole_cents(allowed) and allowed <= charge):
        raise PricingError("charge and allowed amount are dollars in whole cents, allowed not above charge")
    if deductible_left is not None and not is_whole_cents(abs(deductible_left)):
        raise PricingError("what is left of the deductible is dollars in whole cents")
    payment = settle(Bill(charge, allowed, deductible_left, on, tables), BOOK)
    if payment.missing:
        raise payment.missing
    return payment


def settle(bill: Bill, book: RuleBook) -> Payment:
    """Take off a bill what each payment rule says, in order; stops where a table lacks a figure."""
    due = cents(bill.charge)
    adjustments: list[Adjustment] = []
    rulings: list[tuple[str, Ruling]] = []
    missing = None
    for rule, step in book.payment_rules():
        try:
            ruling = step(bill, due)
        except ReferenceDataMissing as error:
            rulings.append((rule.id, unknown(str(error))))
            missing = error
            break
        rulings.append((rule.id, ruling))
        due -= ruling.amount
        if ruling.amount:
            adjustments.append(adjustment(rule, ruling.amount))
    return Payment(
        charge=cents(bill.charge),
        allowed=cents(bill.allowed),
        paid=due,
        adjustments=tuple(adjustments),
        rulings=tuple(rulings),
        missing=missing,
    )


@BOOK.check("HIT-PAY-GAF")
def priced(context: LineContext) -> Ruling:
    """Whether the fee is known: the national amount and the factor of the home's locality."""
    if context.price is None:
        return unknown(str(context.obstacle or "no price"))
    price = context.price
    figures = f"{price.national} x {price.gaf} = {amount_text(price.fee)}"
    return met(f"locality {price.locality}: {figures} ({price.rate_status})")


@BOOK.step("HIT-PAY-LESSER")
def lesser_of_charge_and_fee(bill: Bill, due: Decimal) -> Ruling:
    """Take off what is charged above the allowed amount."""
    detail = f"charge {amount_text(bill.charge)}, allowed {amount_text(bill.allowed)}"
    return Ruling(Answer.MET, detail, amount=due - cents(bill.allowed))


@BOOK.step(DEDUCTIBLE_RULE)
def deductible(bill: Bill, due: Decimal) -> Ruling:
    """Take off what is left of the year's deductible; one that is not known is taken as met."""
    whole = f"the {bill.on.year} deductible{_of_the_year(bill)}"
    if bill.deductible_left is None:
        return unknown(f"what is left of {whole} is not known")
    amount = min(due, max(cents(bill.deductible_left), Decimal(0)))
    if not amount:
        return met(f"{whole} is met")
    return Ruling(Answer.MET, f"{amount_text(amount)} goes to {whole}", amount=amount)


def _of_the_year(bill: Bill) -> str:
    """Say what a patient's whole deductible of the year is; empty where the table does not know."""
    try:
        known = bill.tables.part_b_deductible(bill.on)
    except ReferenceDataMissing:
        return ""
    return f" of {amount_text(known.amount)} ({known.confidence})"


@BOOK.step("HIT-PAY-COINS")
def coinsurance(bill: Bill, due: Decimal) -> Ruling:
    """Take off the patient's share of what is left after the deductible."""
    percent = in_force(parameters().coinsurance_percent, bill.on)
    return _share(percent, due)


@BOOK.step("HIT-PAY-SEQ")
def sequestration(bill: Bill, due: Decimal) -> Ruling:
    """Take the sequestration of the day off the payment."""
    percent = bill.tables.sequestration(bill.on).percent
    if not percent:
        return not_applicable(f"no sequestration on {bill.on.isoformat()}")
    return _share(percent, due)


def _share(percent: Decimal, due: Decimal) -> Ruling:
    amount = cents(due * percent / _HUNDRED)
    detail = f"{percent.normalize():f}% of {amount_text(due)} = {amount_text(amount)}"
    return Ruling(Answer.MET, detail, amount=amount)
