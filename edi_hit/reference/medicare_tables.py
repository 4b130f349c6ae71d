"""Medicare tables beside the home infusion ones: sequestration, deductible, contractors, pumps."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.reference.cells import Cells
from edi_hit.reference.layout import Layout

CONTRACTOR_TYPES = ("AB_MAC_B", "AB_MAC_A", "HHH_MAC", "DME_MAC")


class Sequestration(msgspec.Struct, frozen=True):
    """The reduction in percent of the Medicare payment, after deductible and coinsurance."""

    percent: Decimal
    effective_from: date
    effective_through: date | None
    basis: str
    confidence: str
    source: str


class Deductible(msgspec.Struct, frozen=True):
    """The Part B deductible in dollars a year."""

    year: int
    amount: Decimal
    confidence: str
    source: str


class Contractor(msgspec.Struct, frozen=True):
    """What the contractor behind a payer id administers, e.g. `AB_MAC_B` or `DME_MAC`."""

    payer_id: str
    contractor_type: str
    note: str
    confidence: str
    source: str


class PumpCode(msgspec.Struct, frozen=True):
    """A pump, supply or related DME code.

    `supports_hit`: `Y` evidence of a qualifying pump or supply, `N` evidence against, `C` context only.
    """

    hcpcs: str
    kind: str
    description: str
    supports_hit: str
    insulin_only: bool
    note: str
    confidence: str
    source: str


def _sequestration(cells: Cells) -> Sequestration:
    period = cells.period()
    percent = cells.amount("percent")
    if not 0 <= percent <= 100:
        raise ValueError("percent is not between 0 and 100")
    return Sequestration(
        percent=percent,
        effective_from=period.effective_from,
        effective_through=period.effective_through,
        basis=cells.text("basis", ""),
        confidence=cells.confidence(),
        source=cells.source(),
    )


def _deductible(cells: Cells) -> Deductible:
    amount = cells.amount("amount")
    if amount < 0:
        raise ValueError("amount is below zero")
    return Deductible(cells.year(), amount, cells.confidence(), cells.source())


def _contractor(cells: Cells) -> Contractor:
    return Contractor(
        payer_id=cells.text("payer_id"),
        contractor_type=cells.choice("contractor_type", CONTRACTOR_TYPES),
        note=cells.text("note", ""),
        confidence=cells.confidence(),
        source=cells.source(),
    )


def _pump_code(cells: Cells) -> PumpCode:
    return PumpCode(
        hcpcs=cells.hcpcs(),
        kind=cells.text("class"),
        description=cells.text("description", ""),
        supports_hit=cells.choice("supports_hit", ("Y", "N", "C")),
        insulin_only=cells.flag("insulin_only"),
        note=cells.text("note", ""),
        confidence=cells.confidence(),
        source=cells.source(),
    )


SEQUESTRATION = Layout(
    "sequestration", ("effective_from", "effective_through", "percent"), _sequestration, lambda row: ()
)
PART_B_DEDUCTIBLE = Layout("part_b_deductible", ("calendar_year", "amount"), _deductible, lambda row: ())
CONTRACTORS = Layout("contractors", ("payer_id", "contractor_type"), _contractor, lambda row: (row.payer_id,))
PUMP_CODES = Layout(
    "dme_pump_codes", ("hcpcs", "class", "supports_hit"), _pump_code, lambda row: (row.hcpcs,)
)
