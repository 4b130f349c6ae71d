"""The table of payers beside Medicare's contractors: which benefit a payer id leads to."""

import msgspec

from edi_hit.reference.cells import Cells
from edi_hit.reference.layout import Layout

PAYER_BENEFITS = ("commercial", "medicaid", "medicare_advantage", "part_d")


class Payer(msgspec.Struct, frozen=True):
    """A payer and the benefit its claims belong to; `program` is a Medicaid program's name here."""

    payer_id: str
    benefit: str
    program: str
    confidence: str
    source: str


def _payer(cells: Cells) -> Payer:
    return Payer(
        payer_id=cells.text("payer_id"),
        benefit=cells.choice("benefit", PAYER_BENEFITS),
        program=cells.text("program", ""),
        confidence=cells.confidence(),
        source=cells.source(),
    )


PAYERS = Layout("payers", ("payer_id", "benefit"), _payer, lambda row: (row.payer_id,))
