"""What Medicare pays for equipment, supplies and pump drugs: tables that only a user's files fill."""

from decimal import Decimal

import msgspec

from edi_hit.reference.cells import Cells
from edi_hit.reference.layout import Layout


class EquipmentFee(msgspec.Struct, frozen=True):
    """The fee of equipment or a supply, in dollars a unit; a blank modifier or state holds for every one."""

    hcpcs: str
    modifier: str
    state: str
    amount: Decimal
    status: str
    source: str


class DrugLimit(msgspec.Struct, frozen=True):
    """The payment limit of a drug code in dollars a unit.

    `is_single_dose` is whether it comes in single-dose containers; None where the file does not say.
    """

    hcpcs: str
    amount: Decimal
    is_single_dose: bool | None
    status: str
    source: str


def _equipment_fee(cells: Cells) -> EquipmentFee:
    return EquipmentFee(
        hcpcs=cells.hcpcs(),
        modifier=cells.modifier("modifier"),
        state=cells.text("state", "").upper(),
        amount=_fee(cells),
        status=cells.status(),
        source=cells.source(),
    )


def _drug_limit(cells: Cells) -> DrugLimit:
    said = cells.text("single_dose", "")
    return DrugLimit(
        hcpcs=cells.hcpcs(),
        amount=_fee(cells),
        is_single_dose=cells.choice("single_dose", ("Y", "N")) == "Y" if said else None,
        status=cells.status(),
        source=cells.source(),
    )


def _fee(cells: Cells) -> Decimal:
    """Read an amount; a fee must say through which day it holds, so that none is used beyond it."""
    if cells.day("effective_from") is None or cells.day("effective_through") is None:
        raise ValueError("effective_from or effective_through is blank")
    amount = cells.amount("amount")
    if amount <= 0:
        raise ValueError("amount is not more than 0")
    return amount


EQUIPMENT_FEES = Layout(
    "dme_fee_schedule",
    ("hcpcs", "modifier", "state", "amount", "effective_from", "effective_through"),
    _equipment_fee,
    lambda row: (row.hcpcs, row.modifier, row.state),
)
DRUG_LIMITS = Layout(
    "drug_payment_limits",
    ("hcpcs", "amount", "effective_from", "effective_through"),
    _drug_limit,
    lambda row: (row.hcpcs,),
)
