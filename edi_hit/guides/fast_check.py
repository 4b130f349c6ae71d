"""The fast way to see that a segment of a node is right: its pattern, and what a pattern says badly."""

from collections.abc import Callable

from edi_hit.guides.dictionary import external_codes
from edi_hit.guides.element import NOT_USED, AnyElement, CompositeNode, ElementNode, Relation
from edi_hit.guides.element_values import format_holds
from edi_hit.guides.segment_check import formatted_positions, relation_fault
from edi_hit.x12 import COMPONENT, REPETITION

Check = Callable[[list[str]], bool]
"""Says whether a segment, as its elements with the id first, passes."""

_KNOWN_LIMIT = 20_000
_CONDITIONAL = ("C", "L")
"""Kinds of relations that ask for others where the first element is there."""


def checks_of(
    nodes: tuple[AnyElement, ...], relations: tuple[Relation, ...], count: int
) -> tuple[Check, ...]:
    """The checks beside the pattern: relations, dates by their format, external code lists.

    Only those that matter to a segment of `count` elements, its id counted.
    """
    found: list[Check] = [
        _relation_check(relation)
        for relation in relations
        if relation.kind == "R" or min(relation.elements) < count
    ]
    found += [_format_check(position) for position in formatted_positions(nodes) if position < count]
    for position, node in enumerate(nodes[: count - 1], 1):
        if isinstance(node, CompositeNode):
            found += _composite_checks(position, node)
        elif node.external and node.usage != NOT_USED:
            found.append(_external_check(position, node))
    return tuple(found)


def _relation_check(relation: Relation) -> Check:
    if relation.kind == "P" and len(relation.elements) == 2:
        return _pair_check(*relation.elements)
    if relation.kind in _CONDITIONAL:
        first, *others = relation.elements
        return _conditional_check(first, others, needs_all=relation.kind == "C")

    def check(elements: list[str]) -> bool:
        return relation_fault(relation, elements) is None

    return check


def _pair_check(one: int, other: int) -> Check:
    """Both or neither."""
    low, high = min(one, other), max(one, other)

    def check(elements: list[str]) -> bool:
        return bool(elements[low]) == (len(elements) > high and bool(elements[high]))

    return check


def _conditional_check(first: int, others: list[int], *, needs_all: bool) -> Check:
    """Where the first element is there, all others are, or at least one of them."""

    def check(elements: list[str]) -> bool:
        count = len(elements)
        if first >= count or not elements[first]:
            return True
        for other in others:
            is_there = other < count and bool(elements[other])
            if is_there != needs_all:
                return is_there
        return needs_all

    return check


def _format_check(position: int) -> Check:
    known: set[tuple[str, str]] = set()

    def check(elements: list[str]) -> bool:
        if not elements[position]:
            return True
        pair = (elements[position - 1], elements[position])
        return pair in known or _format_holds(pair, known)

    return check


def _format_holds(pair: tuple[str, str], known: set[tuple[str, str]]) -> bool:
    if not format_holds(*pair):
        return False
    if len(known) >= _KNOWN_LIMIT:
        known.clear()
    known.add(pair)
    return True


def _external_check(position: int, node: ElementNode) -> Check:
    allowed = node.codes | external_codes().get(node.external, frozenset()) | {""}

    def check(elements: list[str]) -> bool:
        return elements[position] in allowed

    return check


def _composite_checks(position: int, node: CompositeNode) -> list[Check]:
    formatted = formatted_positions(node.components)
    external = [
        (index, part.codes | external_codes().get(part.external, frozenset()) | {""})
        for index, part in enumerate(node.components, 1)
        if part.external and part.usage != NOT_USED
    ]
    if not formatted and not external:
        return []
    known: set[tuple[str, str]] = set()

    def check(elements: list[str]) -> bool:
        if not elements[position]:
            return True
        for one in elements[position].split(REPETITION):
            parts = one.split(COMPONENT)
            for index, allowed in external:
                if index <= len(parts) and parts[index - 1] not in allowed:
                    return False
            for index in formatted:
                if index <= len(parts) and parts[index - 1]:
                    pair = (parts[index - 2], parts[index - 1])
                    if pair not in known and not _format_holds(pair, known):
                        return False
        return True

    return [check]


def has_blank_before_separator(text: str) -> bool:
    """Whether some value of a segment may end in a blank: then its elements are looked at one by one."""
    return " \x1d" in text or text[-1:] == " " or " \x1f" in text or " \x1e" in text
