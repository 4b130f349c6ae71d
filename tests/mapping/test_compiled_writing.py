"""What is compiled to compose segments quickly does what the fields do one by one, for any structure."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mapping_strategies import built

from edi_hit.claims.claim_declaration import INSTITUTIONAL, PROFESSIONAL
from edi_hit.guides import LoopNode, guide
from edi_hit.guides.loop import Placed
from edi_hit.mapping.fields import RepeatedField, SegmentField
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.parts import Unmapped
from edi_hit.mapping.segment_plan import SegmentPlan
from edi_hit.mapping.segment_source import values_of
from edi_hit.remits.mapping_835 import CLAIM_PAYMENT, REMITTANCE

_SUBSCRIBERS = [guide(kind).root.loop("2000A").loop("2000B") for kind in ("837P", "837I")]
TOP = [
    (PROFESSIONAL.claim, _SUBSCRIBERS[0].loop("2300")),
    (INSTITUTIONAL.claim, _SUBSCRIBERS[1].loop("2300")),
    (PROFESSIONAL.subscriber, _SUBSCRIBERS[0]),
    (CLAIM_PAYMENT, guide("835").root.loop("2000").loop("2100")),
    (REMITTANCE, guide("835").root),
]


def both_ways(mapping: LoopMapping[Any], node: LoopNode, value: Any) -> Iterator[tuple[object, object]]:
    """The segments of a structure as they are composed, and as its fields write them."""
    for name, type, fields in mapping.groups:
        source = getattr(value, name) if name else value
        by_label: defaultdict[str, list[SegmentField]] = defaultdict(list)
        for field in fields if source is not None else ():
            held = getattr(source, field.name)
            if not isinstance(field, RepeatedField):
                by_label[field.label].append(field)
            elif held:
                yield list(map(ended, field.writer()(held))), list(map(ended, field.segments(held)))
        for label, named in by_label.items():
            plan = SegmentPlan(type, label, node.segment(label), named, mapping.constants)
            got = values_of(plan.names)(source)
            if got != plan.absent:
                quick: list[Placed] = []
                slow: list[Placed] = []
                plan.put(got, quick)
                plan.put(got, slow, Unmapped((node.segment(label).id,), label=label))
                yield list(map(elements_of, quick)), list(map(elements_of, slow))
    for child in mapping.children:
        below = getattr(value, child.name)
        for item in below if child.many else [below] if below is not None else []:
            yield from both_ways(child.mapping, node.loop(child.loop_id), item)


def elements_of(placed: Placed) -> list[str]:
    return ended(placed[1])


def ended(elements: list[str]) -> list[str]:
    """The elements without empty ones at the end."""
    count = max(at for at, text in enumerate(elements) if text) + 1
    return elements[:count]


@pytest.mark.parametrize(("mapping", "node"), TOP, ids=lambda part: getattr(part, "id", ""))
def test_compiled_writing(mapping: LoopMapping[Any], node: LoopNode) -> None:
    above = {name: st.none() for name in mapping.context}

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(built(mapping, node, **above))
    def one(value: Any) -> None:
        for quick, slow in both_ways(mapping, node, value):
            assert quick == slow

    one()
