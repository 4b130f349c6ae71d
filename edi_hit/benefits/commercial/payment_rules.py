"""Rules on the price by contract, and the steps from the charge to it."""

from decimal import Decimal

from edi_hit.benefits.commercial.billed_codes import SECOND_THERAPY, THIRD_THERAPY
from edi_hit.benefits.commercial.contract_price import ContractPrice
from edi_hit.benefits.commercial.own_rules import OWN
from edi_hit.benefits.commercial.pricing import VISIT
from edi_hit.benefits.engine.bill import Bill
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, unknown
from edi_hit.reference import amount_text, cents
from edi_hit.rules import Answer


@OWN.check("COMM-PRICE")
def priced(context: LineContext) -> Ruling:
    """Whether the contract has a price for the line."""
    if context.price is None:
        return unknown(str(context.obstacle or "no price"))
    return met(f"{context.price.fee_text} ({context.price.rate_status})")


@OWN.step("COMM-DAY-UNITS")
def units_beyond_days(bill: Bill, due: Decimal) -> Ruling:
    """Take off the charge for per diem units beyond one a day."""
    return _excess(bill, visits=False)


@OWN.step("COMM-NURSE-99601")
def units_beyond_visits(bill: Bill, due: Decimal) -> Ruling:
    """Take off the charge for visit units beyond one a visit."""
    return _excess(bill, visits=True)


@OWN.step("COMM-SH-PRICE")
def second_therapy(bill: Bill, due: Decimal) -> Ruling:
    """Take off what is not paid of the fee of a second therapy."""
    return _cut(bill, due, SECOND_THERAPY)


@OWN.step("COMM-SJ-PRICE")
def third_therapy(bill: Bill, due: Decimal) -> Ruling:
    """Take off what is not paid of the fee of a third or later therapy."""
    return _cut(bill, due, THIRD_THERAPY)


@OWN.step("COMM-PAY-LESSER")
def lesser_of_charge_and_fee(bill: Bill, due: Decimal) -> Ruling:
    """Take off what is charged above the fee."""
    price = _price(bill)
    said = f"charge {amount_text(bill.charge)}, fee {amount_text(price.fee)}"
    if price.fee > bill.charge:
        said = f"{said}: the charge is the lower"
    return Ruling(Answer.MET, said, amount=due - cents(bill.allowed))


def _excess(bill: Bill, *, visits: bool) -> Ruling:
    price = _price(bill)
    if not price.excess or (price.code == VISIT) is not visits:
        return not_applicable()
    said = f"{amount_text(price.excess)} of the charge is for units beyond one a day"
    return Ruling(Answer.MET, said, amount=price.excess)


def _cut(bill: Bill, due: Decimal, mark: str) -> Ruling:
    price = _price(bill)
    if price.mark != mark:
        return not_applicable()
    whole = min(due, price.full)
    said = f"with {mark} {price.share}% of {amount_text(price.full)} is paid, {amount_text(price.fee)}"
    return Ruling(Answer.MET, said, amount=whole - cents(bill.allowed))


def _price(bill: Bill) -> ContractPrice:
    if not isinstance(bill.price, ContractPrice):
        raise TypeError("a commercial line is priced by contract")
    return bill.price
