"""The payment matrix: which payer pays which part of the therapy (table `payment_matrix`)."""

from functools import cache

import msgspec

from edi_hit.reference.layout import packaged_rows


class Cell(msgspec.Struct, frozen=True):
    """One payer and one component (requirement, professional_fees, equipment_supplies, ...).

    `covered` is Y, N or COND; `condition` then says on what it depends. `as_of` is the time the source
    speaks of, in its words.
    """

    payer: str
    component: str
    covered: str
    condition: str
    billed_to: str
    claim_format: str
    as_of: str
    verification: str
    source: str


@cache
def payment_matrix() -> tuple[Cell, ...]:
    """Give every cell, in the table's order."""
    return tuple(msgspec.convert(row, Cell) for row in packaged_rows("payment_matrix"))
