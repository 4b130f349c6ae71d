"""Checks the elements of a segment one by one and says what is wrong with each: the slow, telling way."""

from collections.abc import Iterator

import msgspec

from edi_hit.guides.dictionary import external_codes
from edi_hit.guides.element import MANDATORY, NOT_USED, AnyElement, CompositeNode, ElementNode, Relation
from edi_hit.guides.element_values import (
    FORMAT_QUALIFIER,
    FORMATTED_VALUE,
    compiled,
    format_holds,
    has_trailing_blank,
    type_pattern,
)
from edi_hit.x12 import COMPONENT, REPETITION

_SEPARATORS = COMPONENT + REPETITION


class ElementFault(msgspec.Struct, frozen=True):
    """What is wrong with an element: `code` is the IK403 code; `also` the elements a relation names."""

    code: str
    position: int
    component: int | None = None
    repeat: int | None = None
    value: str = ""
    also: tuple[int, ...] = ()


def segment_faults(
    elements: list[str], nodes: tuple[AnyElement, ...], relations: tuple[Relation, ...]
) -> list[ElementFault]:
    """Give all faults of a segment, in the order of its elements; relations last.

    `elements` holds the segment id first. Separators at the end are no fault here: the reader reports them.
    """
    faults: list[ElementFault] = []
    for position, node in enumerate(nodes, 1):
        text = elements[position] if position < len(elements) else ""
        faults.extend(_element_faults(node, text.rstrip(_SEPARATORS), position))
    more = next((n for n in range(len(nodes) + 1, len(elements)) if elements[n]), None)
    if more is not None:
        faults.append(ElementFault("3", more, value=elements[more]))
    faulty = {fault.position for fault in faults}
    faults.extend(fault for fault in _format_faults(elements, nodes) if fault.position not in faulty)
    for relation in relations:
        fault = relation_fault(relation, elements)
        if fault is not None:
            faults.append(fault)
    return faults


def _element_faults(node: AnyElement, text: str, position: int) -> Iterator[ElementFault]:
    if not text.strip(_SEPARATORS):
        if node.usage == MANDATORY:
            yield ElementFault("1", position)
    elif node.usage == NOT_USED:
        yield ElementFault("I10", position, value=text)
    elif isinstance(node, CompositeNode):
        yield from _composite_faults(node, text, position)
    elif COMPONENT in text or REPETITION in text:
        code = "12" if REPETITION in text else "13"
        yield ElementFault(code, position, value=text)
    elif fault := value_fault(node, text):
        yield ElementFault(fault, position, value=text)


def _composite_faults(node: CompositeNode, text: str, position: int) -> Iterator[ElementFault]:
    repeats = text.split(REPETITION)
    if len(repeats) > node.repeat:
        yield ElementFault("12", position, value=text)
        return
    for number, one in enumerate(repeats, 1):
        parts = one.rstrip(COMPONENT).split(COMPONENT)
        repeat = number if len(repeats) > 1 else None
        if len(parts) > len(node.components):
            yield ElementFault("13", position, None, repeat, one)
        for index, component in enumerate(node.components, 1):
            value = parts[index - 1] if index <= len(parts) else ""
            code = _component_fault(component, value)
            if code:
                yield ElementFault(code, position, index, repeat, value)
        yield from _component_format_faults(node, parts, position, repeat)


def _component_fault(node: ElementNode, value: str) -> str | None:
    if not value:
        return "1" if node.usage == MANDATORY else None
    return "I10" if node.usage == NOT_USED else value_fault(node, value)


def value_fault(node: ElementNode, value: str) -> str | None:
    """The IK403 code of what is wrong with a non-empty value; None where nothing is."""
    if node.external:
        if value not in node.codes and value not in external_codes().get(node.external, frozenset()):
            return "7"
        return _type_fault(node, value)
    if node.codes:
        return None if value in node.codes else "7"
    return _type_fault(node, value)


def _type_fault(node: ElementNode, value: str) -> str | None:
    if has_trailing_blank(node, value):
        return "6"
    if compiled(type_pattern(node.type, node.low, node.high)).fullmatch(value):
        return None
    if node.type in ("DT", "TM"):
        return "8" if node.type == "DT" else "9"
    length = len(value)
    if node.type == "R" or node.type.startswith("N"):
        if not compiled(type_pattern(node.type, 1, 1_000)).fullmatch(value):
            return "6"
        length = sum(character.isdigit() for character in value)
    if length < node.low:
        return "4"
    return "5" if length > node.high else "6"


def _format_faults(elements: list[str], nodes: tuple[AnyElement, ...]) -> Iterator[ElementFault]:
    for position in formatted_positions(nodes):
        if position < len(elements) and elements[position]:
            form = elements[position - 1]
            if not format_holds(form, elements[position]):
                yield ElementFault("9" if form == "TM" else "8", position, value=elements[position])


def _component_format_faults(
    node: CompositeNode, parts: list[str], position: int, repeat: int | None
) -> Iterator[ElementFault]:
    for index in formatted_positions(node.components):
        if index <= len(parts) and parts[index - 1]:
            form = parts[index - 2]
            if not format_holds(form, parts[index - 1]):
                yield ElementFault("9" if form == "TM" else "8", position, index, repeat, parts[index - 1])


def formatted_positions(nodes: tuple[AnyElement, ...]) -> list[int]:
    """Positions of the values (element 1251) whose format stands in the element before (1250)."""
    return [
        position
        for position, node in enumerate(nodes, 1)
        if position > 1
        and node.number == FORMATTED_VALUE
        and node.usage != NOT_USED
        and nodes[position - 2].number == FORMAT_QUALIFIER
    ]


def relation_fault(relation: Relation, elements: list[str]) -> ElementFault | None:
    """What a syntax note finds; None where it holds. The fault stands at the element missing or in excess."""
    there = [n for n in relation.elements if n < len(elements) and elements[n]]
    missing = [n for n in relation.elements if n not in there]
    first = relation.elements[0]
    if relation.kind == "E":
        return ElementFault("10", there[1], also=relation.elements) if len(there) > 1 else None
    if relation.kind == "R":
        return None if there else ElementFault("2", first, also=relation.elements)
    if relation.kind == "P":
        broken = bool(there) and bool(missing)
    elif relation.kind == "C":
        broken = first in there and bool(missing)
    else:
        broken = there == [first]
    return ElementFault("2", missing[0], also=relation.elements) if broken else None
