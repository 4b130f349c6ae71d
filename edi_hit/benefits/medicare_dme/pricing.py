"""The price of a pump, a supply or a drug: from the fee schedule or the payment limits the user loads."""

from decimal import Decimal

import msgspec

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.price import PricingError
from edi_hit.benefits.medicare_dme.pump_items import is_drug
from edi_hit.reference import amount_text, cents

WEEKLY_SUPPLIES = ("A4221", "A4224")
"""Supplies of which a unit is a week."""

_DAYS_A_WEEK = 7


class EquipmentPrice(msgspec.Struct, frozen=True):
    """The price of a line in dollars: units that can be paid times the fee, at most the charge.

    `excess` is what of the charge is for weekly supplies beyond the weeks of the line.
    """

    allowed: Decimal
    fee_text: str
    rate_status: str
    excess: Decimal = Decimal(0)


def quote(context: LineContext) -> EquipmentPrice:
    """Price a line.

    Raises `PricingError` where no fees are loaded at all or the line has no units; `ReferenceDataMissing`
    where those loaded lack the code.
    """
    if not context.tables.has_dme_prices():
        raise PricingError(
            "no Medicare fees of equipment and drugs are loaded. Pass a dme_fee_schedule.csv and a "
            "drug_payment_limits.csv with --tables; docs/medicare-dme.md says what they hold"
        )
    units = context.line.units
    if units is None or units <= 0:
        raise PricingError("the line has no units to be priced by")
    amount, status = _unit_fee(context)
    payable = min(units, weeks(context)) if context.hcpcs in WEEKLY_SUPPLIES else units
    fee = cents(payable * amount)
    excess = cents(context.line.charge * (units - payable) / units)
    said = f"{payable.normalize():f} x {amount} = {amount_text(fee)}"
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
    row = tables.equipment_fee(code, context.line.modifiers, address.state if address else "", on)
    return row.amount, row.status


def weeks(context: LineContext) -> Decimal:
    """Give the weeks a line is for, each begun one counted."""
    dates = context.line.service_dates
    days = (dates.end - dates.start).days + 1 if dates else 1
    return Decimal(-(-days // _DAYS_A_WEEK))
