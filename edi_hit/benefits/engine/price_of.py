"""How the price of a visit comes about."""

from datetime import date
from decimal import Decimal

from edi_hit.benefits.engine.price import Price, PricingError
from edi_hit.reference import Gaf, HitRate, cents, is_whole_cents


def require_charge(charge: Decimal | None) -> None:
    """Raise `PricingError` for a charge that is no amount of dollars in whole cents."""
    if charge is not None and not is_whole_cents(charge):
        raise PricingError("a charge is a number of dollars, not negative, in whole cents, below a trillion")


def price_of(rate: HitRate, factor: Gaf | None, on: date, charge: Decimal | None) -> Price:
    """Give the price that a national amount and a factor lead to, the fee rounded to the cent."""
    fee = cents(rate.amount * factor.factor) if factor else cents(rate.amount)
    allowed = fee if charge is None else cents(min(charge, fee))
    return Price(on, rate, factor, fee, charge, allowed)
