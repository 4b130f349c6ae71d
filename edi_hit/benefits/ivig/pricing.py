"""The price of an IVIG administration at home: one amount, without geographic adjustment."""

from datetime import date
from decimal import Decimal

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.price import Price, PricingError
from edi_hit.benefits.engine.price_of import price_of, require_charge
from edi_hit.reference import Tables

_BENEFITS = ("ivig_demo", "ivig_permanent")


def price(code: str, on: date, charge: Decimal | None, tables: Tables) -> Price:
    """Price a day's administration (rule IVIG-PAY); the demonstration's days are priced too.

    Raises `PricingError` for a code that is none of the benefit on the day and for a faulty charge;
    `ReferenceDataMissing` where the amount of the year is not known.
    """
    found = tables.visit_code(code, on)
    if found is None or found.benefit not in _BENEFITS:
        raise PricingError(f"{code} on {on.isoformat()} is no home IVIG service")
    require_charge(charge)
    return price_of(tables.hit_rate(code, on), None, on, charge)


def quote(context: LineContext) -> Price:
    """Price a line of a claim; raises as `price`."""
    return price(context.hcpcs, context.on, context.line.charge, context.tables)
