"""The steps from the charge to the payment, and the parameters behind them.

Where an earlier payer has paid, the patient owes no more than it left of the allowed amount.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Final

from edi_hit.benefits.engine.bill import Bill
from edi_hit.benefits.engine.dated import in_force
from edi_hit.benefits.engine.payment import DEDUCTIBLE_RULE
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, unknown
from edi_hit.benefits.medicare_part_b.later_payment import later_payment
from edi_hit.benefits.medicare_part_b.parameters import parameters
from edi_hit.benefits.medicare_part_b.shared_rules import SHARED
from edi_hit.reference import amount_text, cents, plain
from edi_hit.rules import Answer, ReferenceDataMissing, in_words

_HUNDRED: Final = Decimal(100)
_NOTHING: Final = Decimal(0)
_MET: Final = Answer.MET


@SHARED.step("HIT-PAY-LESSER")
def lesser_of_charge_and_fee(bill: Bill, due: Decimal) -> Ruling:
    """Take off what is charged above the allowed amount."""
    detail = f"charge {amount_text(bill.charge)}, allowed {amount_text(bill.allowed)}"
    return Ruling(_MET, detail, amount=due - cents(bill.allowed))


@SHARED.step(DEDUCTIBLE_RULE)
def deductible(bill: Bill, due: Decimal) -> Ruling:
    """Take off what is left of the year's deductible; one that is not known is taken as met."""
    whole = f"the {bill.on.year} deductible{_of_the_year(bill)}"
    if bill.deductible_left is None:
        return unknown(f"what is left of {whole} is not known")
    amount = min(due, max(cents(bill.deductible_left), _NOTHING))
    if bill.prior is not None:
        amount = later_payment(bill, bill.prior).deductible
    if not amount:
        return met(f"{whole} is met")
    return Ruling(_MET, f"{amount_text(amount)} goes to {whole}", amount=amount)


def _of_the_year(bill: Bill) -> str:
    """Say what a patient's whole deductible of the year is; empty where the table does not know."""
    try:
        known = bill.tables.part_b_deductible(bill.on)
    except ReferenceDataMissing:
        return ""
    return f" of {amount_text(known.amount)} ({in_words(known.confidence)})"


@SHARED.step("HIT-PAY-COINS")
def coinsurance(bill: Bill, due: Decimal) -> Ruling:
    """Take off the patient's share of what is left after the deductible."""
    if bill.prior is not None:
        owed = later_payment(bill, bill.prior).coinsurance
        return Ruling(_MET, f"{amount_text(owed)} after the earlier payer", amount=owed)
    percent = in_force(parameters().coinsurance_percent, bill.on)
    return _share(percent, due)


@SHARED.step("HIT-PAY-SEQ")
def sequestration(bill: Bill, due: Decimal) -> Ruling:
    """Take the sequestration of the day off the payment."""
    percent = bill.tables.sequestration(bill.on).percent
    if not percent:
        return not_applicable(f"no sequestration on {bill.on.isoformat()}")
    return _share(percent, due)


def _share(percent: Decimal, due: Decimal) -> Ruling:
    amount = cents(due * percent / _HUNDRED)
    detail = f"{_in_figures(percent)}% of {amount_text(due)} = {amount_text(amount)}"
    return Ruling(_MET, detail, amount=amount)


@lru_cache(maxsize=64)
def _in_figures(percent: Decimal) -> str:
    return plain(percent)
