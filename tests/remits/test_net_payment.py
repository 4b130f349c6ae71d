"""What a payment comes to: interest, recoveries and balances, and which of them stay open."""

from datetime import date
from decimal import Decimal

import pytest

from edi_hit.remits import OpenBalance, net_payment

ON = date(2025, 8, 1)
PAYEE = "1234567893"
D = Decimal


def plb(reason: str, amount: str, reference: str = "") -> tuple[str, date, str, Decimal, str]:
    return (PAYEE, date(2025, 12, 31), reason, D(amount), reference)


def net(paid: str, **sums: object) -> tuple[Decimal, list[tuple[object, ...]], tuple[OpenBalance, ...]]:
    found = net_payment(D(paid), "T1", PAYEE, ON, **sums)
    adjustments = [
        (one.provider_id, one.fiscal_year_end, one.reason, one.amount, one.reference)
        for one in found.provider_adjustments
    ]
    assert found.amount == D(paid) - sum((one.amount for one in found.provider_adjustments), D(0))
    return found.amount, adjustments, found.opened


def test_what_is_paid_is_the_payment() -> None:
    assert net("139.64") == (D("139.64"), [], ())


def test_interest_is_paid_on_top() -> None:
    assert net("100.00", interest=D("0.45")) == (D("100.45"), [plb("L6", "-0.45")], ())


def test_what_is_below_zero_is_carried_forward_under_the_trace_number() -> None:
    left = OpenBalance("FB", "T1", D("39.64"), ON)
    assert net("-39.64") == (D(0), [plb("FB", "-39.64", "T1")], (left,))


def test_a_balance_comes_back_and_at_most_one_is_open() -> None:
    before = OpenBalance("FB", "T0", D("39.64"), ON)
    assert net("100.00", due=[before]) == (D("60.36"), [plb("FB", "39.64", "T0")], ())
    left = OpenBalance("FB", "T1", D("29.64"), ON)
    assert net("10.00", due=[before]) == (
        D(0),
        [plb("FB", "39.64", "T0"), plb("FB", "-29.64", "T1")],
        (left,),
    )


def test_a_recovery_put_off_is_paid_back_now_and_collected_later() -> None:
    later = OpenBalance("WO", "ICN1", D("139.64"), date(2025, 9, 11))
    assert net("-39.64", put_off=[later]) == (D("100.00"), [plb("WO", "-139.64", "ICN1")], (later,))
    assert net("200.00", due=[later]) == (D("60.36"), [plb("WO", "139.64", "ICN1")], ())


@pytest.mark.parametrize("paid", ["0.00", "39.64"])
def test_exactly_nothing_left_opens_no_balance(paid: str) -> None:
    due = [OpenBalance("FB", "T0", D(paid), ON)] if D(paid) else []
    amount, _, opened = net(paid, due=due)
    assert (amount, opened) == (0, ())
