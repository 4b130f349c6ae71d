"""What is compiled to read segments quickly does what the fields do one by one, for any segment."""

from collections.abc import Iterator
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from edi_hit.claims.claim_declaration import INSTITUTIONAL, PROFESSIONAL
from edi_hit.guides import LoopNode, SegmentNode, guide
from edi_hit.guides.element import CompositeNode
from edi_hit.mapping.fields import Values, WrongValueError
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.loop_reader import LoopReader
from edi_hit.mapping.node_reading import NodeReading, RepeatedReading, SegmentReading
from edi_hit.mapping.parts import Unmapped
from edi_hit.remits.mapping_835 import CLAIM_GROUP, CLAIM_PAYMENT, REMITTANCE
from edi_hit.x12 import COMPONENT


def readings(mapping: LoopMapping[Any], node: LoopNode) -> Iterator[tuple[NodeReading, SegmentNode]]:
    reader = LoopReader(mapping)
    for segment in node.segments:
        reading = reader.reading_of(segment)
        if reading is not None:
            yield reading, segment
    for child in mapping.children:
        yield from readings(child.mapping, node.loop(child.loop_id))


def every_reading() -> Iterator[tuple[NodeReading, SegmentNode]]:
    for kind in (PROFESSIONAL, INSTITUTIONAL):
        root = guide(kind.guide).root
        subscriber = root.loop("2000A").loop("2000B")
        yield from readings(kind.submission, root)
        yield from readings(kind.billing_provider, root.loop("2000A"))
        yield from readings(kind.subscriber, subscriber)
        yield from readings(kind.patient, subscriber.loop("2000C"))
        yield from readings(kind.claim, subscriber.loop("2300"))
    root = guide("835").root
    yield from readings(REMITTANCE, root)
    yield from readings(CLAIM_GROUP, root.loop("2000"))
    yield from readings(CLAIM_PAYMENT, root.loop("2000").loop("2100"))


READINGS = list(every_reading())
COMPOSITE = [(reading, node) for reading, node in READINGS if reading.named.composites]
TEXTS = ["", "", "A", "1", "12", "-1.5", "200.50", "1.234", "1e5", ".5", "20250102", "20251340", "D8", "RD8"]
MARKS = ["20250102-20250108", "20250108-20250102", "HE", "2U", "AC", "ABK", "BG", "BO", "LB", "D8"]
TEXTS += MARKS


@st.composite
def segments(draw: st.DrawFn, node: SegmentNode) -> list[str]:
    """Elements of a segment of the node, right or wrong but for its qualifier."""
    least = node.qualifier_at if node.codes else 0
    texts = draw(st.sampled_from([["1"], ["", "1"], ["", *MARKS, "1"], TEXTS]))
    elements = [node.id]
    for position in range(1, draw(st.integers(least, len(node.elements) + 1)) + 1):
        held = node.elements[position - 1] if position <= len(node.elements) else None
        whole = len(held.components) if isinstance(held, CompositeNode) else 0
        count = draw(st.sampled_from([whole, whole + 1]) | st.integers(1, whole)) if whole else 1
        parts = [draw(st.sampled_from(texts)) for _ in range(count)]
        if position == least:
            parts[0] = draw(st.sampled_from(sorted(node.codes)))
        elements.append(COMPONENT.join(parts))
    return elements


def one_by_one(reading: NodeReading, elements: list[str], values: Values) -> Unmapped | None:
    """What the fields read, each by itself. Raises `WrongValueError`."""
    if isinstance(reading, SegmentReading):
        wrong, rest = reading.reread(elements, values)
        if wrong:
            raise wrong[0][1]
        return rest
    rest_of = reading.named.rest(elements)
    if isinstance(reading, RepeatedReading):
        read = not rest_of and any(field.read(elements, values) for field in reading.fields)
        return None if read else Unmapped(tuple(elements))
    taken = next((field for field in reading.fields if field.read(elements, values)), None)
    if taken is None:
        return Unmapped(tuple(elements))
    return Unmapped(rest_of, label=taken.label) if rest_of else None


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_compiled_reading(data: st.DataObject) -> None:
    reading, node = data.draw(st.sampled_from(READINGS) | st.sampled_from(COMPOSITE))
    elements = data.draw(segments(node))
    values: Values = {}
    expected: Values = {}
    try:
        rest: object = reading.read(elements, values)
    except (ValueError, WrongValueError):
        rest = "wrong"
    try:
        kept: object = one_by_one(reading, elements, expected)
    except WrongValueError:
        kept = "wrong"
    assert rest == kept
    if rest != "wrong":
        assert msgspec.to_builtins(values) == msgspec.to_builtins(expected)
