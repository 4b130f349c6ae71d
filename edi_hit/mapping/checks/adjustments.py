"""Adjustments (CAS): up to six of reason, amount and quantity in one segment."""

from collections.abc import Iterator
from typing import Final

from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks.unit_pass import UnitPass

AMOUNTS: Final = (3, 6, 9, 12, 15, 18)
"""Positions of the amounts of a CAS; the reason code stands before each."""


def filled(elements: list[str]) -> Iterator[int]:
    """Give the positions of the amounts whose reason or amount is sent."""
    for position in AMOUNTS:
        if position - 1 >= len(elements):
            return
        if elements[position - 1] or (position < len(elements) and elements[position]):
            yield position


def adjusted(work: UnitPass, at: Placed) -> int | None:
    """Add up a CAS, in cents; None where an amount is missing or cannot be counted on."""
    elements = at[1]
    if len(elements) == 4:
        return work.cents(at, 3)
    total: int | None = 0
    for position in filled(elements):
        amount = work.cents(at, position) if position < len(elements) else None
        total = None if total is None or amount is None else total + amount
    return total
