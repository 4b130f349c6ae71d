"""The price of a pump, a supply or a drug."""

from decimal import Decimal

import msgspec


class EquipmentPrice(msgspec.Struct, frozen=True):
    """The price of a line in dollars: units that can be paid times the fee, at most the charge.

    `excess` is what of the charge is for weekly supplies beyond the weeks of the line.
    """

    allowed: Decimal
    fee_text: str
    rate_status: str
    excess: Decimal = Decimal(0)
