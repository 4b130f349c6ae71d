"""The price of a pump, a supply or a drug: from the fee schedule or the payment limits the user loads."""

from decimal import Decimal
from typing import Final

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.price import PricingError
from edi_hit.benefits.medicare_dme.equipment_price import EquipmentPrice
from edi_hit.benefits.medicare_dme.pump_items import is_drug
from edi_hit.reference import amount_text, cents, plain

WEEKLY_SUPPLIES = ("A4221", "A4224")
"""Supplies of which a unit is a week."""

_DAYS_A_WEEK = 7


_NO_FEES: Final = PricingError(
    "no Medicare fees of equipment and drugs are loaded. Pass a dme_fee_schedule.csv and a "
    "drug_payment_limits.csv with --tables; docs/medicare-dme.md says what they hold"
)


def quote(context: LineContext) -> EquipmentPrice | PricingError:
    """Price a line; where no fees are loaded at all, give what says so.

    Raises `PricingError` for a line without units; `ReferenceDataMissing` where those loaded lack its code.
    """
    if not context.tables.has_dme_prices():
        return _NO_FEES
    units = context.units
    if units is None or units <= 0:
        raise PricingError("the line has no units to be priced by")
    amount, status = _unit_fee(context)
    payable = min(units, weeks(context)) if context.hcpcs in WEEKLY_SUPPLIES else units
    fee = cents(payable * amount)
    excess = cents(context.line.charge * (units - payable) / units)
    said = f"{plain(payable)} x {amount} = {amount_text(fee)}"
    return EquipmentPrice(cents(min(context.line.charge - excess, fee)), said, status, excess)


def _unit_fee(context: LineContext) -> tuple[Decimal, str]:
    """Give the fee of a unit in dollars, and where it stands."""
    tables, code, on = context.tables, context.hcpcs, context.on
    limit = tables.drug_limit(code, on)
    if limit is not None:
        return limit.amount, limit.status
    if is_drug(context):
        raise tables.missing_drug_limit(code, on)
    address = context.claim.patient_address
    row = tables.equipment_fee(code, context.modifiers, address.state if address else "", on)
    return row.amount, row.status


def weeks(context: LineContext) -> Decimal:
    """Give the weeks a line is for, each begun one counted."""
    dates = context.line.service_dates
    days = (dates.end - dates.start).days + 1 if dates else 1
    return Decimal(-(-days // _DAYS_A_WEEK))
