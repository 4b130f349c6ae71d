"""The checks that go with a kind of segment, wherever it stands in a claim or a remittance."""

from collections.abc import Callable, Container
from typing import Final

from edi_hit.guides import SegmentNode
from edi_hit.guides.element import NOT_USED, CompositeNode, ElementNode
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks.amount_forms import read_amount
from edi_hit.mapping.checks.unit_pass import UnitPass
from edi_hit.x12 import COMPONENT

SharedCheck = Callable[[UnitPass, Placed], None]

MONEY: Final = "782"
"""The X12 data element number of a monetary amount."""
PROCEDURES = {"SV1": (1,), "SV2": (2,), "SV5": (1,), "SVD": (3,), "SVC": (1, 6)}
"""Positions of the procedure composites, by segment id."""
_NPI: Final = "XX"


def shared_checks(node: SegmentNode, read: Container[int]) -> list[tuple[int, SharedCheck]]:
    """Give what looks at the amounts, procedures, NPI or ZIP code of a node, each with the element it needs.

    The elements in `read` are left out: a check of the node's own reads them.
    """
    found: list[tuple[int, SharedCheck]] = []
    if node.id == "NM1" and _NPI in _codes(node, 8):
        found.append((9, _npi_of_name))
    elif node.id == "N4":
        found.append((3, _zip_code))
    found += [
        (position, _procedure(position)) for position in PROCEDURES.get(node.id, ()) if position not in read
    ]
    found += [(position, _amount(position)) for position in _amounts(node) if position not in read]
    found += [(place[0], _component_amount(*place)) for place in _component_amounts(node)]
    return found


def _codes(node: SegmentNode, position: int) -> frozenset[str]:
    element = node.elements[position - 1] if len(node.elements) >= position else None
    return element.codes if isinstance(element, ElementNode) else frozenset()


def _amounts(node: SegmentNode) -> list[int]:
    return [
        position
        for position, element in enumerate(node.elements, 1)
        if isinstance(element, ElementNode) and element.number == MONEY and element.usage != NOT_USED
    ]


def _component_amounts(node: SegmentNode) -> list[tuple[int, int]]:
    return [
        (position, number)
        for position, element in enumerate(node.elements, 1)
        if isinstance(element, CompositeNode) and element.usage != NOT_USED
        for number, part in enumerate(element.components, 1)
        if part.number == MONEY and part.usage != NOT_USED
    ]


def _procedure(position: int) -> SharedCheck:
    def check(work: UnitPass, at: Placed) -> None:
        faults = work.procedures[at[1][position]]
        if faults:
            work.tell_faults(faults, at, position)

    return check


def _amount(position: int) -> SharedCheck:
    def check(work: UnitPass, at: Placed) -> None:
        work.cents(at, position)

    return check


def _component_amount(position: int, component: int) -> SharedCheck:
    def check(work: UnitPass, at: Placed) -> None:
        parts = at[1][position].split(COMPONENT)
        if len(parts) >= component:
            work.tell_faults(read_amount(parts[component - 1])[1], at, position, component)

    return check


def _npi_of_name(work: UnitPass, at: Placed) -> None:
    """NM109 where NM108 is XX."""
    elements = at[1]
    if elements[8] == _NPI and elements[9]:
        faults = work.npis[elements[9]]
        if faults:
            entity = f":{elements[1]}" if elements[1] in at[0].codes else ""
            for fault in faults:
                work.tell(fault.rule, f"NM109 {fault.what}", at, 9, ack=f"STC A7:562{entity}")


def _zip_code(work: UnitPass, at: Placed) -> None:
    """N403 of an address in the United States (N404 empty or US)."""
    elements = at[1]
    faults = work.zips[elements[3]]
    if faults and elements[3] and (len(elements) < 5 or elements[4] in ("", "US")):
        work.tell_faults(faults, at, 3)
