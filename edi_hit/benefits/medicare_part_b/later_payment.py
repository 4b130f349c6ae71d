"""What Medicare Part B pays after another payer: 42 CFR 411.33(a)."""

from decimal import Decimal
from typing import Final

from edi_hit.benefits.coordination.own_rules import COORDINATION
from edi_hit.benefits.engine.bill import Bill
from edi_hit.benefits.engine.dated import in_force
from edi_hit.benefits.engine.prior_payment import PriorPayment
from edi_hit.benefits.engine.ruling import Ruling, not_applicable
from edi_hit.benefits.medicare_part_b.parameters import parameters
from edi_hit.reference import amount_text, cents
from edi_hit.rules import Answer

_HUNDRED: Final = Decimal(100)


class LaterPayment:
    """Dollars Medicare pays before sequestration, and what of its deductible and coinsurance is left to owe.

    `alone` is what it would have paid as the only payer.
    """

    def __init__(self, paid: Decimal, alone: Decimal, deductible: Decimal, coinsurance: Decimal) -> None:
        self.paid: Final = paid
        self.alone: Final = alone
        self.deductible: Final = deductible
        self.coinsurance: Final = coinsurance


def later_payment(bill: Bill, prior: PriorPayment) -> LaterPayment:
    """Give what Medicare pays of a bill after an earlier payer.

    It is the lowest of what the earlier payer left of the charge, what Medicare would have paid alone, and
    the higher of the two allowed amounts less what was paid. The patient owes no more than what is then left
    of Medicare's allowed amount. A deductible that is not known is taken as met.
    """
    allowed = cents(bill.allowed)
    deductible = min(allowed, max(cents(bill.deductible_left or Decimal(0)), Decimal(0)))
    percent = in_force(parameters().coinsurance_percent, bill.on)
    alone = allowed - deductible - cents((allowed - deductible) * percent / _HUNDRED)
    left = prior.left_of(bill.charge)
    higher = max(allowed, prior.allowed_of(bill.charge))
    paid = max(min(left, alone, higher - prior.paid), Decimal(0))
    owed = max(min(left, allowed - prior.paid) - paid, Decimal(0))
    of_deductible = min(deductible, owed)
    return LaterPayment(paid, alone, of_deductible, owed - of_deductible)


@COORDINATION.step("MSP-PAY")
def paid_after_another(bill: Bill, due: Decimal) -> Ruling:
    """Take off what the earlier payer's decision takes of Medicare's payment."""
    if bill.prior is None:
        return not_applicable()
    found = later_payment(bill, bill.prior)
    detail = (
        f"the lowest of {amount_text(bill.prior.left_of(bill.charge))} left of the charge, "
        f"{amount_text(found.alone)} as the only payer, and the higher allowed amount, "
        f"{amount_text(max(bill.allowed, bill.prior.allowed_of(bill.charge)))}, "
        f"less {amount_text(bill.prior.paid)} paid before: {amount_text(found.paid)}"
    )
    return Ruling(Answer.MET, detail, amount=due - found.paid)
