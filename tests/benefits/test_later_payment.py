"""Medicare after another payer: the example of 42 CFR 411.33(b), and what holds for any amounts."""

from datetime import date
from decimal import Decimal

from hit_claims import TABLES, claim, visit
from hypothesis import given
from hypothesis import strategies as st

from edi_hit.benefits.engine.bill import Bill
from edi_hit.benefits.engine.prior_payer import prior_payment
from edi_hit.benefits.engine.prior_payment import PriorPayment
from edi_hit.benefits.medicare_part_b.later_payment import later_payment
from edi_hit.claims import LineAdjudication, OtherPayer
from edi_hit.mapping.parts import Adjustment

ON = date(2025, 3, 5)
CENTS = st.decimals(min_value=0, max_value=1000, places=2)


def bill(charge: str, fee: str, deductible: str = "0") -> Bill:
    allowed = min(Decimal(charge), Decimal(fee))
    return Bill(Decimal(charge), allowed, Decimal(deductible), ON, TABLES)


def test_the_example_of_the_regulation() -> None:
    found = later_payment(bill("175", "125"), PriorPayment(paid=Decimal(120), taken_off=Decimal(25)))
    assert (found.alone, found.paid) == (100, 30)
    assert found.deductible + found.coinsurance == 0


@given(CENTS, CENTS, CENTS, CENTS, CENTS)
def test_nobody_gets_more_than_is_left(
    charge: Decimal, fee: Decimal, paid: Decimal, off: Decimal, open_: Decimal
) -> None:
    prior = PriorPayment(min(paid, charge), min(off, charge - min(paid, charge)))
    found = later_payment(bill(str(charge), str(fee), str(open_)), prior)
    owed = found.deductible + found.coinsurance
    assert min(found.paid, found.deductible, found.coinsurance) >= 0
    assert found.paid <= found.alone <= min(charge, fee)
    assert found.paid + owed <= prior.left_of(charge)
    assert not owed or prior.paid + found.paid + owed <= min(charge, fee)


def test_what_was_paid_before_stands_on_the_line_or_on_a_claim_of_one_line() -> None:
    taken = (Adjustment("CO", "45", Decimal(10)), Adjustment("PR", "2", Decimal(5)))
    of_claim = OtherPayer(sequence="P", paid=Decimal(85), adjustments=taken)
    one = claim(visit(), other_payers=(of_claim,))
    assert prior_payment(one, one.lines[0]) == PriorPayment(Decimal(85), Decimal(10))
    two = claim(visit(), visit(on=date(2025, 3, 6)), other_payers=(of_claim,))
    assert prior_payment(two, two.lines[0]) is None
    line = visit(adjudications=(LineAdjudication("P1", Decimal(40), adjustments=taken),))
    assert prior_payment(two, line) == PriorPayment(Decimal(40), Decimal(10))


def test_what_payers_before_an_earlier_one_decided_is_counted_once() -> None:
    first = LineAdjudication("P1", Decimal(300), adjustments=(Adjustment("CO", "45", Decimal(125)),))
    said = (Adjustment("OA", "23", Decimal(425)), Adjustment("CO", "45", Decimal(10)))
    second = LineAdjudication("P2", Decimal(65), adjustments=said)
    both = visit(adjudications=(first, second))
    assert prior_payment(claim(both), both) == PriorPayment(Decimal(365), Decimal(135))
    alone = visit(adjudications=(second,))
    assert prior_payment(claim(alone), alone) == PriorPayment(Decimal(65), Decimal(435))
