"""Interest on claims that are paid late (AMT*I of Loop 2100, PLB L6)."""

from datetime import date
from decimal import Decimal

from edi_hit.profiles import RemittanceSettings
from edi_hit.reference import cents
from edi_hit.remits import ClaimPayment
from edi_hit.remits.balance import ZERO

INTEREST_AMOUNT = "I"
"""AMT01 of the interest of a claim."""

_DAYS_OF_YEAR = 365


def interest(paid: Decimal, received_on: date | None, on: date, settings: RemittanceSettings) -> Decimal:
    """Give the interest, in dollars, on what is paid on day `on`: rate times days late over 365.

    Zero where no rate is set, the day of receipt is not known, or the payment is in time. Source: Medicare
    Claims Processing Manual, chapter 1, section 80.2.2 (UNVERIFIED (memory)); the rate is the user's.
    """
    if settings.interest_percent is None or received_on is None or paid <= ZERO:
        return ZERO
    late = (on - received_on).days - settings.interest_after_days
    return cents(paid * settings.interest_percent * late / 100 / _DAYS_OF_YEAR) if late > 0 else ZERO


def interest_paid(payment: ClaimPayment) -> Decimal:
    """Give the interest a claim payment carries, in dollars; negative on a reversal."""
    amounts = (one.amount for one in payment.amounts if one.qualifier == INTEREST_AMOUNT)
    return sum(amounts, ZERO)
