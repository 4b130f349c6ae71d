"""The fast way to check a segment accepts exactly what the slow way finds nothing in, for every node."""

import random
from collections.abc import Iterator

import pytest

from edi_hit.guides import LoopNode, SegmentNode, catalogue, guide
from edi_hit.guides.dictionary import external_codes
from edi_hit.guides.element import AnyElement, CompositeNode, ElementNode
from edi_hit.guides.segment_check import segment_faults
from edi_hit.x12 import COMPONENT, ELEMENT, REPETITION

CASES = 120
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


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_fast_and_slow_agree_on_every_node(name: str) -> None:
    pick = random.Random(name)
    verdicts = {True: 0, False: 0}
    seen = set()
    for node in nodes_of(guide(name).root):
        definition = (node.id, node.elements, node.relations)
        if definition in seen:
            continue
        seen.add(definition)
        for _ in range(CASES):
            elements = segment(node, pick)
            fast = node.passes(elements, ELEMENT.join(elements))
            faults = segment_faults(elements, node.elements, node.relations)
            assert fast == (not faults), (node.loop.id, node.label, elements, faults)
            verdicts[fast] += 1
    assert min(verdicts.values()) > len(seen) * CASES / 50, (
        "the cases must hold both right and wrong segments"
    )
