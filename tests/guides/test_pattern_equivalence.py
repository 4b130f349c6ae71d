"""The fast way to check a segment accepts exactly what the slow way finds nothing in, for every node."""

import random
from collections.abc import Iterator

import pytest

from edi_hit.guides import LoopNode, SegmentNode, catalogue, guide
from edi_hit.guides.dictionary import external_codes
from edi_hit.guides.element import MANDATORY, NOT_USED, AnyElement, CompositeNode, ElementNode
from edi_hit.guides.element_values import FORMATTED_VALUE
from edi_hit.guides.segment_check import segment_faults
from edi_hit.x12 import COMPONENT, ELEMENT, REPETITION

CASES = 60
DAYS = [
    "20250305",
    "20240229",
    "20250229",
    "20251301",
    "20250431",
    "18991231",
    "17991231",
    "250305",
    "2025035",
]
TIMES = ["0900", "2359", "2400", "0960", "093059", "09305999", "093", "9"]
NUMBERS = [
    "1",
    "0",
    "-5",
    "12.5",
    "0.05",
    ".5",
    "5.",
    "-",
    "1.2.3",
    "1e5",
    "+1",
    "007",
    "12345678901234567890",
    "1,0",
]
TEXTS = ["A", "AB", "ABC", "A B", "A ", " A", " ", "lower case", "X" * 30, "X" * 90, "1-2/3.4", "A'B&C"]
PERIODS = ["20250301-20250305", "20250305-20250301", "20250301-", "20250301-20250229", "2025030120250305"]


def nodes_of(loop: LoopNode) -> Iterator[SegmentNode]:
    yield from loop.segments
    for child in loop.loops:
        yield from nodes_of(child)


def value(node: ElementNode, pick: random.Random) -> str:
    kinds = {"R": NUMBERS, "DT": DAYS, "TM": TIMES}
    pool = NUMBERS if node.type.startswith("N") else kinds.get(node.type, TEXTS + DAYS + PERIODS + TIMES)
    codes = sorted(node.codes) + sorted(external_codes().get(node.external, ()))[:20]
    chance = pick.random()
    if codes and chance < 0.8:
        return pick.choice(codes)
    if chance > 0.95:
        return pick.choice(TEXTS + NUMBERS + DAYS)
    if node.type in ("AN", "ID") and chance < 0.6:
        return "W" * pick.choice(
            [node.low, node.high, min(node.low + 1, node.high), node.high + 1, max(node.low - 1, 0)]
        )
    return pick.choice(pool)


def composite(node: CompositeNode, pick: random.Random) -> str:
    def once() -> str:
        parts = [value(part, pick) if wanted(part, pick) else "" for part in node.components]
        if pick.random() < 0.03:
            parts.append("X")
        return COMPONENT.join(parts).rstrip(COMPONENT)

    repeats = pick.choice([1, 1, 1, 1, node.repeat, node.repeat + 1]) if pick.random() < 0.3 else 1
    return REPETITION.join(once() for _ in range(repeats))


def wanted(node: AnyElement, pick: random.Random) -> bool:
    return pick.random() < {"R": 0.97, "S": 0.5, "N": 0.03}[node.usage]


def segment(node: SegmentNode, pick: random.Random) -> list[str]:
    elements = [node.id]
    for one in node.elements:
        if not wanted(one, pick):
            elements.append("")
        elif isinstance(one, CompositeNode):
            elements.append(composite(one, pick))
        else:
            elements.append(value(one, pick))
    if pick.random() < 0.03:
        elements.append("X")
    if len(elements) > 1 and pick.random() < 0.03:
        at = pick.randrange(1, len(elements))
        elements[at] += pick.choice([COMPONENT + "Z", REPETITION + "Z"])
    elements = [element.rstrip(COMPONENT + REPETITION) for element in elements]  # the reader's to report
    while len(elements) > 1 and not elements[-1]:
        elements.pop()
    return elements


def distinct(name: str) -> list[SegmentNode]:
    """The segments of a guide, of those defined alike one."""
    found = {(node.id, node.elements, node.relations): node for node in nodes_of(guide(name).root)}
    return list(found.values())


def agree(node: SegmentNode, elements: list[str]) -> bool:
    """Whether a segment is right by both ways, which must agree."""
    fast = node.passes(elements, ELEMENT.join(elements))
    faults = segment_faults(elements, node.elements, node.relations)
    assert fast == (not faults), (node.loop.id, node.label, elements, faults)
    return fast


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_fast_and_slow_agree_on_every_node(name: str) -> None:
    pick = random.Random(name)
    verdicts = {True: 0, False: 0}
    for node in distinct(name):
        for _ in range(CASES):
            verdicts[agree(node, segment(node, pick))] += 1
    assert min(verdicts.values()) > sum(verdicts.values()) / 50, (
        "the cases must hold both right and wrong segments"
    )


FORMATTED = {"D8": "20240611", "RD8": "20240611-20240612", "D6": "240611", "DT": "202406110900", "TM": "0900"}


def right_value(node: AnyElement, before: str = "") -> str:
    """A right value; `before` is the one it follows, which may name its form."""
    if isinstance(node, CompositeNode):
        last = max((n for n, part in enumerate(node.components, 1) if part.usage == MANDATORY), default=1)
        parts: list[str] = []
        for part in node.components[:last]:
            parts.append(right_value(part, parts[-1] if parts else "") if part.usage != NOT_USED else "")
        return COMPONENT.join(parts)
    codes = sorted(node.codes | external_codes().get(node.external, frozenset()))
    if codes:
        return codes[0]
    if node.number == FORMATTED_VALUE and before in FORMATTED:
        return FORMATTED[before]
    letter = "1" if node.type == "R" or node.type.startswith("N") else "A"
    return {"DT": "20240611", "TM": "0900"}.get(node.type, letter * max(node.low, 1))


def right_segment(node: SegmentNode) -> list[str]:
    """The shortest right segment: what is required, and what that needs beside it."""
    wanted = {position for position, one in enumerate(node.elements, 1) if one.usage == MANDATORY}
    for relation in node.relations:
        usable = [n for n in relation.elements if node.elements[n - 1].usage != NOT_USED]
        if relation.kind == "R" and not wanted & set(relation.elements):
            wanted.add(usable[0])
        elif relation.kind in "PCL" and wanted & {*relation.elements[: None if relation.kind == "P" else 1]}:
            wanted |= set(usable[1:2] if relation.kind == "L" else usable)
    elements = [node.id]
    for position, one in enumerate(node.elements[: max(wanted, default=0)], 1):
        elements.append(right_value(one, elements[-1]) if position in wanted else "")
    return elements


def variants(node: AnyElement) -> Iterator[str]:
    """Values on both sides of every bound of an element; of a composite, each part in turn."""
    if isinstance(node, CompositeNode):
        parts = right_value(node).split(COMPONENT)
        for number, component in enumerate(node.components):
            filled = parts + [""] * (number + 1 - len(parts))
            for text in variants(component):
                yield COMPONENT.join([*filled[:number], text, *filled[number + 1 :]])
        yield COMPONENT.join(["A"] * (len(node.components) + 1))
        yield from (
            REPETITION.join([right_value(node)] * times) for times in (2, node.repeat, node.repeat + 1)
        )
        return
    yield from ("", right_value(node), *FORMATTED.values(), "20240230", "2400", "A ", " A", "\u00d1", "\t.")
    yield from (letter * length for letter in "A1" for length in lengths(node))
    yield from sorted(node.codes)[:3] + sorted(external_codes().get(node.external, ()))[-3:]
    yield from (f"A{separator}A" for separator in (COMPONENT, REPETITION))
    if node.type == "R" or node.type.startswith("N"):
        yield from (*NUMBERS, "-" + "1" * node.high, "0." + "1" * (node.high - 1), "0." + "1" * node.high)


def lengths(node: ElementNode) -> set[int]:
    return {max(node.low - 1, 1), max(node.low, 1), min(node.high, 300), min(node.high, 300) + 1}


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_fast_and_slow_agree_on_every_element_of_every_node(name: str) -> None:
    """From a right segment, one element at a time takes values on both sides of each bound."""
    for node in distinct(name):
        right = right_segment(node)
        assert agree(node, right), (node.loop.id, node.label, right)
        verdicts = set()
        for position, one in enumerate(node.elements, 1):
            filled = right + [""] * (position + 1 - len(right))
            for text in variants(one):
                text = text.rstrip(COMPONENT + REPETITION)  # the reader's to report
                elements = [*filled[:position], text, *filled[position + 1 :]]
                while not elements[-1]:
                    elements.pop()
                verdicts.add(agree(node, elements))
        for count in range(1, len(node.elements) + 3):
            verdicts.add(agree(node, (right + ["A"] * count)[:count]))
        assert verdicts == {True, False}, (node.loop.id, node.label)
