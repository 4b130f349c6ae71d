"""What a payment comes to: its claims, interest, what is taken back and what is carried (PLB, BPR02).

A positive provider adjustment lowers the payment (X12-835-BAL-04). BPR02 is never negative: what is below
zero is carried forward with FB and comes back, positive, in the next payment (X12-835-BAL-05, X12-835-17).
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.remits.balance import ZERO, payment_total
from edi_hit.remits.remittance import ProviderAdjustment

FORWARD_BALANCE, RECOVERY, INTEREST = "FB", "WO", "L6"


class OpenBalance(msgspec.Struct, frozen=True):
    """Dollars (above zero) the payee still owes: a balance carried forward (FB) or a recovery put off (WO).

    `reference` is PLB03-2: the trace number (TRN02) of the payment that was below zero, or the payer's number
    of the claim (CLP07) that was overpaid. It is collected from `due_on` on.
    """

    reason: str
    reference: str
    amount: Decimal
    due_on: date


class NetPayment(msgspec.Struct, frozen=True):
    """BPR02 in dollars, the PLB that lead to it, and what stays open after it."""

    amount: Decimal
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    opened: tuple[OpenBalance, ...] = ()


def net_payment(
    paid: Decimal,
    trace: str,
    provider_id: str,
    on: date,
    *,
    interest: Decimal = ZERO,
    put_off: Sequence[OpenBalance] = (),
    due: Sequence[OpenBalance] = (),
) -> NetPayment:
    """Give what a payment made on day `on` under a trace number comes to.

    `paid` is the sum of CLP04, `interest` that of AMT*I; `put_off` are recoveries among the claims that are
    collected later, `due` what is collected now. The provider's fiscal year is taken as the calendar year.
    """
    year_end = date(on.year, 12, 31)

    def plb(reason: str, amount: Decimal, reference: str = "") -> ProviderAdjustment:
        return ProviderAdjustment(provider_id, year_end, reason, amount, reference)

    adjustments = [plb(INTEREST, -interest)] if interest else []
    adjustments += [plb(RECOVERY, -one.amount, one.reference) for one in put_off]
    adjustments += [plb(one.reason, one.amount, one.reference) for one in due]
    net, opened = payment_total([paid], adjustments), tuple(put_off)
    if net < ZERO:
        adjustments.append(plb(FORWARD_BALANCE, net, trace))
        opened += (OpenBalance(FORWARD_BALANCE, trace, -net, on),)
        net = ZERO
    return NetPayment(net, tuple(adjustments), opened)
