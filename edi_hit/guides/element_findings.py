"""Turns the faults of a segment's elements into findings."""

from collections.abc import Iterator

from edi_hit.guides.element import AnyElement, CompositeNode, ElementNode
from edi_hit.guides.node import SegmentNode
from edi_hit.guides.segment_check import ElementFault, segment_faults
from edi_hit.rules import Finding, Rule, load_rules
from edi_hit.x12 import Segment, TransactionSet, place_of

_RULES = {
    "1": "X12-ELE-01",
    "2": "X12-ELE-02",
    "3": "X12-ELE-03",
    "4": "X12-ELE-04",
    "5": "X12-ELE-05",
    "6": "X12-ELE-06",
    "7": "X12-ELE-07",
    "8": "X12-ENV-19",
    "9": "X12-ENV-19",
    "10": "X12-ELE-10",
    "12": "X12-ELE-12",
    "13": "X12-ELE-13",
    "I10": "X12-ELE-I10",
}
"""Rule by IK403 code."""


def element_findings(
    node: SegmentNode,
    elements: list[str],
    segment: Segment,
    transaction_set: TransactionSet,
    claim: str | None,
) -> Iterator[Finding]:
    """Yield what is wrong with the elements of `segment`, placed at `node`."""
    for fault in segment_faults(elements, node.elements, node.relations):
        place = place_of(segment, transaction_set, element=fault.position, component=fault.component)
        value = segment.delimiters.shown(fault.value) or None
        yield fault_finding(node, fault, **place, claim=claim, value=value)


def fault_finding(node: SegmentNode, fault: ElementFault, **place: object) -> Finding:
    """Make the finding of a fault in a segment of `node`; `place` gives where, and its value as shown."""
    return _rule(node, fault).finding(
        f"{_reference(node, fault)} {_what(node, fault)}",
        **place,
        loop=node.loop.id,
        ack=f"IK403 {fault.code}",
    )


def _rule(node: SegmentNode, fault: ElementFault) -> Rule:
    rule_id = _RULES[fault.code]
    if fault.code == "6" and _type(node, fault)[:1] in ("R", "N"):
        rule_id = "X12-ENV-18"
    room = "edi_hit.x12" if rule_id.startswith("X12-ENV-") else "edi_hit.guides"
    return load_rules(room)[rule_id]


def _reference(node: SegmentNode, fault: ElementFault) -> str:
    component = f"-{fault.component}" if fault.component else ""
    return f"{node.id}{fault.position:02d}{component}"


def _what(node: SegmentNode, fault: ElementFault) -> str:
    name = _name(node, fault)
    others = ", ".join(f"{node.id}{number:02d}" for number in fault.also if number != fault.position)
    return {
        "1": f"({name}) is required and empty",
        "2": f"({name}) is needed together with {others}",
        "3": "is one element more than the segment has",
        "4": f"({name}) is too short",
        "5": f"({name}) is too long",
        "6": f"({name}) holds a character it may not hold",
        "7": f"({name}) is not one of the codes allowed",
        "8": f"({name}) is not a date of the form wanted",
        "9": f"({name}) is not a time of the form wanted",
        "10": f"({name}) may not stand beside {others}",
        "12": f"({name}) repeats more often than it may",
        "13": f"({name}) has more components than it may",
        "I10": f"({name}) is not used here",
    }[fault.code]


def _name(node: SegmentNode, fault: ElementFault) -> str:
    element = _at(node, fault)
    return element.name if element else ""


def _type(node: SegmentNode, fault: ElementFault) -> str:
    element = _at(node, fault)
    return element.type if isinstance(element, ElementNode) else ""


def _at(node: SegmentNode, fault: ElementFault) -> AnyElement | None:
    if fault.position > len(node.elements):
        return None
    element = node.elements[fault.position - 1]
    if fault.component and isinstance(element, CompositeNode) and fault.component <= len(element.components):
        return element.components[fault.component - 1]
    return element
