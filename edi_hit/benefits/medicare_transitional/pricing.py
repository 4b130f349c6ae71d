"""The price of a visit of 2019 or 2020: the national amount, without geographic adjustment."""

from datetime import date
from decimal import Decimal

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.price import Price, PricingError
from edi_hit.benefits.engine.price_of import price_of, require_charge
from edi_hit.reference import Tables


def price(code: str, on: date, charge: Decimal | None, tables: Tables) -> Price:
    """Price a visit of the transitional benefit (rule HIT-TRANS-PAY).

    Raises `PricingError` for a code that is no such visit on the day and for a faulty charge;
    `ReferenceDataMissing` where the national amount is not known.
    """
    found = tables.hit_code(code, on)
    if found is None or found.benefit != "transitional":
        raise PricingError(f"{code} on {on.isoformat()} is no visit of the transitional benefit")
    require_charge(charge)
    return price_of(tables.hit_rate(code, on), None, on, charge)


def quote(context: LineContext) -> Price:
    """Price a line of a claim; raises as `price`."""
    return price(context.hcpcs, context.on, context.line.charge, context.tables)
