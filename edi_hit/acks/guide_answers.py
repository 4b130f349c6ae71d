"""What the guides say of the parts of a 999: codes, element numbers, known segments, what AK1 can hold."""

from collections.abc import Iterator
from functools import cache, lru_cache

from edi_hit.acks.plain_text import is_plain
from edi_hit.guides import LoopNode, SegmentNode, catalogue, guide
from edi_hit.guides.element import CompositeNode, ElementNode
from edi_hit.x12 import ELEMENT

ACKNOWLEDGMENT_GUIDE = "999"
_LONGEST_NUMBER = 4
"""Digits of a data element number (IK402); composites have none."""


@cache
def _node(segment_id: str) -> SegmentNode:
    """The segment of the 999 with this id."""
    return next(node for node in _segments(guide(ACKNOWLEDGMENT_GUIDE).root) if node.id == segment_id)


@cache
def codes_of(segment_id: str, position: int) -> frozenset[str]:
    """The codes an element of the 999 may have, e.g. those of IK304 by `("IK3", 4)`."""
    element = _node(segment_id).elements[position - 1]
    return element.codes if isinstance(element, ElementNode) else frozenset()


def can_answer(elements: list[str]) -> bool:
    """Whether a segment of a 999 that repeats what was received (AK1, AK2) is right with these elements."""
    text = ELEMENT.join(elements)
    return all(map(is_plain, elements)) and _node(elements[0]).passes(elements, text)


@cache
def segment_ids(guide_name: str) -> frozenset[str]:
    """The ids of the segments a guide has."""
    return frozenset(node.id for node in _segments(guide(guide_name).root))


def in_dictionary(segment_id: str, guide_name: str) -> bool:
    """Whether X12 has a segment of this id, as far as the guides here know (X12-STR-03)."""
    return segment_id in segment_ids(guide_name) or any(
        segment_id in segment_ids(name) for name in catalogue()
    )


@lru_cache(maxsize=4_096)
def reference_number(
    guide_name: str, loop: str | None, segment_id: str, position: int, component: int | None
) -> str:
    """The X12 data element number of an element (IK402); empty where it has none or it is not certain."""
    nodes = [node for node in _segments(guide(guide_name).root) if node.id == segment_id]
    in_loop = [node for node in nodes if node.loop.id == loop]
    numbers = {_number_at(node, position, component) for node in in_loop or nodes}
    return numbers.pop() if len(numbers) == 1 else ""


def _number_at(node: SegmentNode, position: int, component: int | None) -> str:
    if position > len(node.elements):
        return ""
    element = node.elements[position - 1]
    if component and isinstance(element, CompositeNode):
        if component > len(element.components):
            return ""
        element = element.components[component - 1]
    number = element.number
    return number if number.isdigit() and len(number) <= _LONGEST_NUMBER else ""


def _segments(loop: LoopNode) -> Iterator[SegmentNode]:
    yield from loop.segments
    for child in loop.loops:
        yield from _segments(child)
